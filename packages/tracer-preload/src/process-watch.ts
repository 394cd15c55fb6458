/** Which processes of the tree live on. */
import { readFileSync } from 'node:fs'
import type { TraceEvent } from '@roar/trace-protocol'

export class ProcessWatch {
  readonly #begun = new Set<number>()
  readonly #marks: readonly string[]

  /** `marks`: paths that only a process of this run has in its maps (the library) or its environment (the log). */
  constructor(marks: readonly string[]) {
    this.#marks = marks
  }

  note(event: TraceEvent): void {
    if (event.type === 'exit') this.#begun.delete(event.pid)
    else this.#begun.add(event.pid)
  }

  /** Those without an end that are there; a pid that was taken over by another program does not count. */
  alive(): number[] {
    const found = [...this.#begun].filter((pid) => this.#isOurs(pid))
    this.#begun.clear()
    for (const pid of found) this.#begun.add(pid)
    return found
  }

  #isOurs(pid: number): boolean {
    if (!isRunning(pid)) return false
    const known = contents(`/proc/${pid}/maps`) + contents(`/proc/${pid}/environ`)
    return this.#marks.some((mark) => known.includes(mark))
  }
}

/** A zombie has ended; its parent only has not asked yet. */
function isRunning(pid: number): boolean {
  const stat = contents(`/proc/${pid}/stat`)
  const state = stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3)
  return state !== '' && state !== 'Z' && state !== 'X'
}

function contents(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
