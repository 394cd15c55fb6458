/** Reads a settings file into flat keys: `[hash] primary = …` is `hash.primary`. */
import { readFileSync, realpathSync, statSync } from 'node:fs'
import { devNull } from 'node:os'
import { isRoarError, RoarError } from '@roar/core'

export type FlatSettings = ReadonlyMap<string, unknown>

export async function readSettingsFile(file: string): Promise<FlatSettings> {
  const text = readOrNull(file)
  return text === null ? new Map() : flattenToml(text, file)
}

/** Comments, blank lines and table headings only: the state in which `roar init` leaves the file, and no reason to load a parser. */
const saysNothing = /^\uFEFF?(?:[ \t]*(?:#.*|\[[\w.-]+\][ \t]*(?:#.*)?)?(?:\r?\n|$))*$/

export async function flattenToml(text: string, file: string): Promise<FlatSettings> {
  const flat = new Map<string, unknown>()
  if (!saysNothing.test(text)) flatten(await parseToml(text, file), '', flat)
  return flat
}

function flatten(table: Readonly<Record<string, unknown>>, prefix: string, flat: Map<string, unknown>): void {
  for (const [name, value] of Object.entries(table)) {
    if (isTable(value)) flatten(value, `${prefix}${name}.`, flat)
    else flat.set(prefix + name, value)
  }
}

const isTable = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

async function parseToml(text: string, file: string): Promise<Record<string, unknown>> {
  const { parse } = await import('smol-toml')
  try {
    return parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    const { message, line } = error as Error & { line?: number }
    throw new RoarError('ROAR_CONFIG_SYNTAX', `${file}${line ? `:${line}` : ''} is not valid TOML`, {
      cause: message.trim(),
      remedy: [`Correct the line in ${file}`],
    })
  }
}

/** Bytes. Whatever is larger was written by no person. */
const largest = 1 << 22

function readOrNull(file: string): string | null {
  try {
    requireSettings(file)
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (isRoarError(error)) throw error
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    throw new RoarError('ROAR_CONFIG_UNREADABLE', `${file} cannot be read`, {
      cause: message,
      remedy: [`chmod u+r ${file}`],
    })
  }
}

/** A pipe would be waited for without end, a device read without end. */
function requireSettings(file: string): void {
  const found = statSync(file)
  if (found.isFile() ? found.size <= largest : realpathSync(file) === devNull) return
  throw new RoarError('ROAR_CONFIG_UNREADABLE', `${file} cannot be read`, {
    cause: found.isFile() ? `It has ${found.size} bytes; settings have ${largest} at the most.` : 'It is not a file.',
    remedy: [`ls -ld ${file}`],
  })
}
