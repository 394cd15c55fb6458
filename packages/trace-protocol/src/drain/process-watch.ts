/** Which processes of the tree live on. */
import { readFileSync } from 'node:fs'
import type { TraceEvent } from '../events.ts'
import { monotonic } from '../monotonic.ts'

/**
 * For a moment of its exec a program has neither the maps nor the environment that it will have, and whoever starts one just before the end is looked at
 * then: a mark that is missing for less than this says nothing.
 */
const doubtMs = 100

/** Times of starts are told in hundredths of a second, and the time since the start of the machine as well. */
const coarseMs = 50

export class ProcessWatch {
  /** When the last fact of each was read, by `monotonic()`. */
  readonly #begun = new Map<number, number>()
  /** Without a mark, since when. */
  readonly #doubted = new Map<number, number>()
  readonly #isOurs: (pid: number) => boolean

  /** `isOurs`: whether a running process is of this run, by a mark of the tracer: its number may be another program's by now. */
  constructor(isOurs: (pid: number) => boolean) {
    this.#isOurs = isOurs
  }

  /** What the files themselves tell at the end (`settled`) is told of processes that have long ended, too. `read`: when the log told it, by `monotonic()`. */
  note(event: TraceEvent, read: number): void {
    if (event.type === 'exit') this.#begun.delete(event.pid)
    else if (event.type !== 'settled') this.#begun.set(event.pid, read)
  }

  /**
   * Those without an end that are there; a pid that was taken over by another program does not count. `patience`: milliseconds for which one may lack
   * the mark; 0 where all have long begun.
   */
  alive(patience = doubtMs): number[] {
    for (const [pid, read] of this.#begun)
      if (!isRunning(pid, read) || !this.#mayBeOurs(pid, patience)) this.#begun.delete(pid)
    return [...this.#begun.keys()]
  }

  #mayBeOurs(pid: number, patience: number): boolean {
    if (this.#isOurs(pid)) {
      this.#doubted.delete(pid)
      return true
    }
    const now = monotonic()
    const since = this.#doubted.get(pid) ?? now
    this.#doubted.set(pid, since)
    return now - since < patience
  }
}

/** Where there is no /proc (macOS), a signal that is none tells whether anybody has the number, and nothing tells who. */
const hasProc = process.platform === 'linux'

function hasNumber(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** PF_EXITING: set when the kernel begins to take a thread apart, before it closes its files (Linux include/linux/sched.h). */
const exiting = 4

/**
 * A zombie has ended; its parent only has not asked yet. So has who is being taken apart, which takes the kernel as long as others have the processors: it
 * runs nothing of its program any more, unless another thread does.
 */
function isRunning(pid: number, told: number): boolean {
  if (!hasProc) return hasNumber(pid)
  const stat = contents(`/proc/${pid}/stat`)
  if (stat === '') return false
  // From the third field on; a name may hold blanks and parentheses (proc_pid_stat(5)).
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  const [state, flags, threads] = [fields[0], Number(fields[6]), Number(fields[17])]
  if (state === 'Z' || state === 'X' || ((flags & exiting) !== 0 && threads <= 1)) return false
  return ageMs(Number(fields[19])) + coarseMs >= monotonic() - told
}

/**
 * Whoever is younger than the last fact of its number is another program, be it one of another run with the same marks. `started`: in hundredths of a
 * second since the machine's start, in user space on every architecture (USER_HZ). Both clocks go on while the machine sleeps, `monotonic()` does not: an
 * old process only looks older.
 */
const ageMs = (started: number): number => Number.parseFloat(contents('/proc/uptime')) * 1000 - started * 10

/** Looks for paths that only a process of the run has in its maps or its environment. */
export const hasMark =
  (marks: readonly string[]) =>
  (pid: number): boolean => {
    if (!hasProc) return true
    const known = contents(`/proc/${pid}/maps`) + contents(`/proc/${pid}/environ`)
    return marks.some((mark) => known.includes(mark))
  }

/** Under a seccomp filter, as every process of a supervised run is. */
export const isFiltered = (pid: number): boolean => /^Seccomp:\s+2$/m.test(contents(`/proc/${pid}/status`))

function contents(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
