/** Where facts of the machine are read. Never throws: what cannot be read is absent. */
import { closeSync, existsSync, openSync, readdirSync, readlinkSync, readSync } from 'node:fs'

export type Facts = Record<string, string>
type Env = Readonly<Record<string, string | undefined>>

export interface FactSource {
  readonly env: Env
  exists(path: string): boolean
  list(path: string): readonly string[]
  /** Where a link leads, as it is written; empty where there is none. */
  link(path: string): string
  /** At most 64 KiB, without the space around it; empty when it cannot be read. */
  text(path: string): string
}

/** `root` stands before every path: another machine's files can be looked at. */
export function factSource(env: Env, root = ''): FactSource {
  return {
    env,
    exists: (path) => existsSync(root + path),
    list: (path) => quietly([], () => readdirSync(root + path).sort()),
    link: (path) => quietly('', () => readlinkSync(root + path)),
    text: (path) => quietly('', () => readStart(root + path)).trim(),
  }
}

/** /proc/cpuinfo of a large machine takes the kernel 50 ms, and says the same for each processor: no more is read than is asked for. */
function readStart(path: string): string {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.allocUnsafe(64 * 1024)
    let filled = 0
    for (let got = 1; got > 0 && filled < bytes.length; filled += got)
      got = readSync(file, bytes, filled, Math.min(4096, bytes.length - filled), null)
    return bytes.toString('utf8', 0, filled)
  } finally {
    closeSync(file)
  }
}

function quietly<T>(otherwise: T, look: () => T): T {
  try {
    return look()
  } catch {
    return otherwise
  }
}

/** Without what is not known. */
export const known = (facts: Readonly<Record<string, string | number | null | undefined>>): Facts =>
  Object.fromEntries(
    Object.entries(facts).flatMap(([name, value]) =>
      value === null || value === undefined || value === '' ? [] : [[name, String(value)]],
    ),
  )
