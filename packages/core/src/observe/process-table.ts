/** The process tree from exec, fork and exit facts. A pid that comes again after its process ended is another process. */
import { type ExecEvent, type ForkEvent, recordFlags, type TraceEvent } from '@roar/trace-protocol'
import { type BytePath, display } from '../byte-path.ts'
import type { ProcessRecord } from '../model.ts'

type Entry = { -readonly [K in keyof ProcessRecord]: ProcessRecord[K] } & { ended: boolean }

export class ProcessTable {
  readonly #all: Entry[] = []
  readonly #current = new Map<number, Entry>()
  /** What parents have said of children that nobody else has told the parent of so far. */
  readonly #born = new Map<number, number>()
  readonly #tracer: string

  constructor(tracer: string) {
    this.#tracer = tracer
  }

  exec(event: ExecEvent): void {
    const known = this.#current.get(event.pid)
    const entry = known && !known.ended ? known : this.#open(event.pid, event.parent)
    entry.parent ??= this.#known(event.parent)
    entry.argv = splitArgv(event.argv)
    entry.executable = event.executable as BytePath
    entry.cwd = event.cwd as BytePath
  }

  fork(event: ForkEvent): void {
    if (event.flags & recordFlags.forChild) {
      this.#hear(event)
      return
    }
    const parent = this.#current.get(event.parent)
    const entry = this.#open(event.pid, event.parent)
    entry.argv = parent?.argv ?? []
    entry.executable = parent?.executable ?? null
    entry.cwd = parent?.cwd ?? null
  }

  exit(pid: number, status: number): void {
    const entry = this.#current.get(pid)
    if (!entry) return
    entry.exitCode = status & 0xff
    entry.ended = true
  }

  /** Any other fact of a process that was never announced: attached late, or its announcement was lost. */
  touch(event: TraceEvent): void {
    if (!this.#current.has(event.pid)) this.#open(event.pid, null)
  }

  records(): ProcessRecord[] {
    return this.#all.map(({ ended: _, ...record }) => record)
  }

  /** What the parent says of a child makes no process of it: it may come behind what the child says itself, and even behind its end. */
  #hear({ pid, parent }: ForkEvent): void {
    const child = this.#current.get(pid)
    if (!child) this.#born.set(pid, parent)
    else child.parent ??= this.#known(parent)
  }

  #known(pid: number | null): number | null {
    return pid !== null && this.#current.has(pid) ? pid : null
  }

  #open(pid: number, parent: number | null): Entry {
    const entry: Entry = {
      pid,
      parent: this.#known(parent) ?? this.#known(this.#born.get(pid) ?? null),
      argv: [],
      executable: null,
      cwd: null,
      exitCode: null,
      signal: null,
      seenBy: this.#tracer,
      ended: false,
    }
    this.#born.delete(pid)
    this.#all.push(entry)
    this.#current.set(pid, entry)
    return entry
  }
}

const splitArgv = (argv: string): string[] =>
  (argv.endsWith('\0') ? argv.slice(0, -1) : argv).split('\0').map((word) => display(word as BytePath))
