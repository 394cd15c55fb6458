/** Changes one key of a TOML text and leaves every other byte, comments included, as it was. The caller proves the result by parsing it. */
import { endOfValue, scanToml, type TomlLine } from './scan-toml.ts'
import type { SettingValue } from './settings.ts'

export function tomlValue(value: SettingValue): string {
  if (typeof value === 'boolean') return String(value)
  return typeof value === 'string' ? quoted(value) : `[${value.map(quoted).join(', ')}]`
}

/** JSON escapes are TOML escapes; only DEL is allowed bare in JSON and not in TOML. */
const quoted = (text: string): string => JSON.stringify(text).replaceAll('\u007f', '\\u007F')

export function setKey(text: string, key: string, value: SettingValue): string {
  const lines = scanToml(text)
  const found = lines.find((line) => line.key === key)
  if (found) return replaceValue(text, found, tomlValue(value))
  const [table, name] = splitKey(key)
  const assignment = `${name} = ${tomlValue(value)}`
  const place = insertionPoint(lines, table, name)
  if (place !== null) return insertLine(text, place, assignment)
  const gap = text === '' || text.endsWith('\n') ? '' : '\n'
  return `${text}${gap}${text.trim() === '' ? '' : '\n'}[${table}]\n${assignment}\n`
}

export function unsetKey(text: string, key: string): string {
  const found = scanToml(text).find((line) => line.key === key)
  return found ? text.slice(0, found.start) + text.slice(found.end) : text
}

function replaceValue(text: string, line: TomlLine, value: string): string {
  return text.slice(0, line.valueStart) + value + text.slice(endOfValue(text, line.valueStart))
}

const splitKey = (key: string): readonly [string, string] =>
  key.includes('.') ? [key.slice(0, key.lastIndexOf('.')), key.slice(key.lastIndexOf('.') + 1)] : ['', key]

/** Behind the comment that shows the default, else behind the last key of the table, else behind its heading. */
function insertionPoint(lines: readonly TomlLine[], table: string, name: string): number | null {
  const own = lines.filter((line) => line.table === table)
  const shown = own.find((line) => line.commented === name)
  if (shown) return shown.end
  const last = own.findLast((line) => line.key !== null) ?? own.find((line) => line.heading)
  if (last) return last.end
  return table === '' ? (own.findLast((line) => line.comment)?.end ?? 0) : null
}

function insertLine(text: string, at: number, line: string): string {
  const before = text.slice(0, at)
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${line}\n${text.slice(at)}`
}
