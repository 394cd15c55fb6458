/** The ids of the shared cases that are programs of C, by group, but for some. */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const directory = fileURLToPath(new URL('../../conformance/cases', import.meta.url))

/** `groups`: as `io|open`; `left`: lists of ids separated by commas. Joined by commas, as the suite takes them. */
export function cCases(groups: string, left: readonly string[]): string {
  const named = new RegExp(`^(?:${groups})-\\d+\\.c$`)
  const out = new Set(left.flatMap((ids) => ids.split(',')))
  const names = readdirSync(directory, { recursive: true }).map((path) => String(path).split('/').at(-1) ?? '')
  const ids = names.filter((name) => named.test(name)).map((name) => name.slice(0, -2))
  return ids.filter((id) => !out.has(id)).join()
}
