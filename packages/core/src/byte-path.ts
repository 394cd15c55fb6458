/**
 * Paths are bytes. In memory a path is a string with one char per byte (latin1): cheap, comparable, usable as a Map key, lossless.
 * Only the edges convert: `toBuffer` for system calls, `display` for people and JSON.
 */
declare const brand: unique symbol
/** Made by `fromBuffer` or `fromString` alone: a plain string would be taken for latin1. */
export type BytePath = string & { readonly [brand]: 'BytePath' }

/** As a system call gave it, without a NUL behind it. */
export const fromBuffer = (bytes: Uint8Array): BytePath =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1') as BytePath

/** From a JavaScript string (argv, config, a file name that Node decoded as UTF-8). */
export const fromString = (text: string): BytePath =>
  (isAscii(text) ? text : Buffer.from(text, 'utf8').toString('latin1')) as BytePath

/** The bytes, for system calls and hashes. */
export const toBuffer = (path: BytePath): Buffer => Buffer.from(path, 'latin1')

/** For system calls: a plain string where that is exact (faster), bytes otherwise. */
export const toFsPath = (path: BytePath): string | Buffer => (isAscii(path) ? path : toBuffer(path))

/** UTF-8 text, or null when the bytes are not UTF-8. */
export function toText(path: BytePath): string | null {
  if (isAscii(path)) return path
  try {
    return strict.decode(toBuffer(path))
  } catch {
    return null
  }
}

/** For people and JSON: UTF-8 where it is valid, else `\xNN` for every byte that is not printable ASCII, and `\\` for a backslash. */
export function display(path: BytePath): string {
  return (
    toText(path) ??
    path.replace(/[^ -~]|\\/g, (c) => (c === '\\' ? '\\\\' : `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`))
  )
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the whole ASCII range is meant
const ascii = /^[\x00-\x7f]*$/
const isAscii = (text: string): boolean => ascii.test(text)
const strict = new TextDecoder('utf-8', { fatal: true })
