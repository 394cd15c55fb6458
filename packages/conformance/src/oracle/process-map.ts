/** Processes, threads and working directories as an strace log tells them. */
import { type Call, descriptorOf, stringOf } from './strace-line.ts'

interface Mapping {
  readonly start: bigint
  readonly length: number
  /** As printed: `3</path>`. */
  readonly file: string
  readonly shared: boolean
}

interface Task {
  readonly group: number
  readonly parent: number
  cwd: string
  /** Shared by threads; a child's own copy grows apart. */
  readonly mappings: Mapping[]
  /** Seen from the host; empty without chroot. */
  root: string
}

export class ProcessMap {
  readonly #tasks = new Map<number, Task>()
  readonly #children: ReadonlyMap<number, { parent: number; thread: boolean }>
  readonly #cwd: string
  readonly #canonical: (path: string) => string

  /** `calls`: the whole log, because a child's first call may stand before its parent's clone has returned. */
  constructor(calls: readonly Call[], cwd: string, canonical: (path: string) => string) {
    this.#cwd = cwd
    this.#canonical = canonical
    const children = new Map<number, { parent: number; thread: boolean }>()
    for (const call of calls) {
      if (!/^(clone3?|v?fork)$/.test(call.name) || !call.ok) continue
      children.set(Number.parseInt(call.result, 10), {
        parent: call.tid,
        thread: call.args.join().includes('CLONE_THREAD'),
      })
    }
    this.#children = children
  }

  /** Processes, not threads, that were born or have children. */
  get all(): ReadonlySet<number> {
    const born = [...this.#children].flatMap(([tid, { thread }]) => (thread ? [] : [tid]))
    return new Set([...born.map((pid) => this.parentOf(pid)), ...born])
  }

  groupOf(tid: number): number {
    return this.#task(tid).group
  }

  parentOf(tid: number): number {
    return this.#task(tid).parent
  }

  cwdOf(tid: number): string {
    return this.#task(tid).cwd
  }

  follow(call: Call): void {
    const task = this.#task(call.tid)
    for (const argument of call.args)
      if (argument.startsWith('AT_FDCWD<')) task.cwd = descriptorOf(argument)?.path ?? task.cwd
    if (!call.ok) return
    if (call.name === 'chdir') task.cwd = this.resolve(call.tid, stringOf(call.args[0]) ?? '', null)
    if (call.name === 'fchdir') task.cwd = descriptorOf(call.args[0])?.path ?? task.cwd
    if (call.name === 'chroot') task.root = this.resolve(call.tid, stringOf(call.args[0]) ?? '', null)
  }

  /** Absolute; the last name is not followed when it is a link. */
  resolve(tid: number, name: string, directory: string | null): string {
    const task = this.#task(tid)
    return this.#canonical(name.startsWith('/') ? `${task.root}${name}` : `${directory ?? task.cwd}/${name}`)
  }

  /** Descriptor links of /proc: what stands behind them was printed when it was opened. */
  behindProc(tid: number, path: string): string | null {
    const fd = /^\/proc\/(?:self|thread-self|\d+)\/fd\/(\d+)$/.exec(path)?.[1]
    return fd === undefined ? null : (this.#opened.get(`${this.groupOf(tid)}:${fd}`) ?? null)
  }

  readonly #opened = new Map<string, string>()

  noteOpen(tid: number, fd: number, path: string): void {
    this.#opened.set(`${this.groupOf(tid)}:${fd}`, path)
  }

  noteMapping(tid: number, address: string, length: number, file: string, shared: boolean): void {
    this.#task(tid).mappings.push({ start: BigInt(address), length, file, shared })
  }

  mappingAt(tid: number, address: string): Mapping | undefined {
    const at = BigInt(address)
    return this.#task(tid).mappings.findLast(({ start, length }) => at >= start && at < start + BigInt(length))
  }

  #task(tid: number): Task {
    const known = this.#tasks.get(tid)
    if (known) return known
    const birth = this.#children.get(tid)
    const parent = birth ? this.#task(birth.parent) : undefined
    const task: Task = {
      group: birth?.thread ? (parent as Task).group : tid,
      parent: parent?.group ?? 0,
      cwd: parent?.cwd ?? this.#cwd,
      mappings: birth?.thread ? (parent as Task).mappings : [...(parent?.mappings ?? [])],
      root: parent?.root ?? '',
    }
    this.#tasks.set(tid, task)
    return task
  }
}
