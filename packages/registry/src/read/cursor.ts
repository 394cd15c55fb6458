/** Where a page ends: the time and key of its last row. Opaque to clients; whatever else they send is refused. */
import { Refusal } from '../refusal.ts'

export const writeCursor = (at: number, key: Buffer): string =>
  Buffer.from(`${at}:${key.toString('hex')}`).toString('base64url')

export function readCursor(text: string): [number, Buffer] {
  const match = /^(\d{1,15}):([0-9a-f]{0,256})$/.exec(Buffer.from(text, 'base64url').toString('latin1'))
  if (!match) throw new Refusal('ROAR_REGISTRY_INVALID', 'The cursor is not one that this registry gave.')
  return [Number(match[1]), Buffer.from(match[2] as string, 'hex')]
}
