/** Where a page ends: the time and key of its last row. Opaque to clients; whatever else they send is refused. */
import { Refusal } from '../refusal.ts'

export const writeCursor = (at: number, key: Buffer): string =>
  Buffer.from(`${at}:${key.toString('hex')}`).toString('base64url')

/** Of a table whose key is text. */
export function readTextCursor(text: string): [number, string] {
  const [at, key] = readCursor(text)
  const id = key.toString()
  // PostgreSQL takes no NUL in a text.
  if (id.includes('\0')) throw unknown()
  return [at, id]
}

export function readCursor(text: string): [number, Buffer] {
  const match = /^(\d{1,15}):([0-9a-f]{0,256})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))
  if (!match) throw unknown()
  return [Number(match[1]), Buffer.from(match[2] as string, 'hex')]
}

const unknown = (): Refusal => new Refusal('ROAR_REGISTRY_INVALID', 'The cursor is not one that this registry gave.')
