/** Core dumps: the kernel writes them for a process that can say nothing any more, so they are looked for where they would be. */
import { readFileSync, statSync } from 'node:fs'
import type { TraceEvent } from '../events.ts'
import { accessBits as bit } from '../schema.ts'

export class CoreDumps {
  /** Where each process without an end was when last heard of. A later chdir is not known. */
  readonly #places = new Map<number, string>()
  readonly #since = Date.now()
  /** Seen as they were made: nothing is missing. */
  readonly #seen = new Set<string>()

  note(event: TraceEvent): void {
    if (event.type === 'exec') this.#places.set(event.pid, event.cwd)
    else if (event.type === 'fork') this.#places.set(event.pid, this.#places.get(event.parent) ?? '')
    else if (event.type === 'exit') this.#places.delete(event.pid)
    else if (event.type === 'file' && event.access & bit.created && event.path.includes('/core'))
      this.#seen.add(event.path)
  }

  /** Paths of those written during the run. */
  found(): string[] {
    const names = this.#places.size === 0 ? null : coreNames()
    if (!names) return []
    const paths = new Set([...this.#places].flatMap(([pid, place]) => (place ? [`${place}/${names(pid)}`] : [])))
    return [...paths].filter((path) => !this.#seen.has(path) && this.#isNew(path))
  }

  #isNew(path: string): boolean {
    try {
      // A file's time comes from the kernel's tick, which may lag behind the clock by 10 ms.
      return statSync(Buffer.from(path, 'latin1')).mtimeMs >= this.#since - 10
    } catch {
      return false
    }
  }
}

/** The name of a process's dump; null where dumps go to a program (`|`), to a fixed place, or by a pattern that needs more than the pid. */
function coreNames(): ((pid: number) => string) | null {
  const pattern = setting('core_pattern')
  if (pattern === '' || /[|/]|%[^p]/.test(pattern)) return null
  const suffix = setting('core_uses_pid') === '1' && !pattern.includes('%p')
  return (pid) => (suffix ? `${pattern}.${pid}` : pattern.replaceAll('%p', String(pid)))
}

function setting(name: string): string {
  try {
    return readFileSync(`/proc/sys/kernel/${name}`, 'latin1').trim()
  } catch {
    return ''
  }
}
