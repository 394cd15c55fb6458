/** Trace events as level-1 facts about a scratch directory: content read, written, created; names made, moved, removed; programs executed. */
import {
  accessBits as bit,
  type FileEvent,
  type LinkEvent,
  type RenameEvent,
  renameKinds,
  type TraceEvent,
} from '@roar/trace-protocol'
import { nameIn, quotePath, type Root } from './expectation.ts'

export interface Fact {
  readonly pid: number
  /** `R a`, `M a>c`; paths relative to the scratch directory. */
  readonly text: string
  /** Only a writable mapping says so: satisfies an expected W, and needs one. */
  readonly may: boolean
}

export function factsOf(events: Iterable<TraceEvent>, roots: readonly Root[]): Fact[] {
  const collector = new FactCollector(roots)
  for (const event of events) collector.add(event)
  return [...collector.facts.values()]
}

/** Number of records that carry a path; a stamp's later confirmation at close counts too. */
export const recordsNaming = (events: readonly TraceEvent[], path: string): number =>
  events.filter((event) => (event.type === 'file' || event.type === 'settled') && event.path === path).length

class FactCollector {
  readonly facts = new Map<string, Fact>()
  /** What happened to a file made without a name; facts only if it gets one (open-09). */
  readonly #unnamed = new Map<string, { pid: number; verb: string }[]>()
  readonly #roots: readonly Root[]

  constructor(roots: readonly Root[]) {
    this.#roots = roots
  }

  add(event: TraceEvent): void {
    if (event.type === 'file' || event.type === 'settled') this.#file(event)
    else if (event.type === 'exec') this.#note(event.pid, 'X', event.executable)
    else if (event.type === 'rename') this.#rename(event)
    else if (event.type === 'link') this.#link(event)
    else if (event.type === 'symlink') this.#note(event.pid, 'S', event.path)
    else if (event.type === 'unlink') this.#note(event.pid, 'D', event.path)
  }

  #file(event: FileEvent): void {
    const verbs = verbsOf(event)
    if (event.access & bit.unnamed) this.#keepUnnamed(event, verbs)
    else for (const verb of verbs) this.#note(event.pid, verb, event.path)
    if (event.access & bit.mayWrite && !(event.access & bit.unnamed)) this.#note(event.pid, 'W', event.path, true)
  }

  #keepUnnamed(event: FileEvent, verbs: readonly string[]): void {
    const key = keyOf(event)
    const kept = this.#unnamed.get(key)
    const entries = verbs.map((verb) => ({ pid: event.pid, verb }))
    if (kept) kept.push(...entries)
    else if (event.access & bit.created) this.#unnamed.set(key, entries)
    // Not made without a name, so its last name is gone: the path is the one it had.
    else for (const verb of verbs) this.#note(event.pid, verb, event.path.replace(/ \(deleted\)$/, ''))
  }

  #rename(event: RenameEvent): void {
    this.#note(event.pid, 'M', event.from, false, event.to)
    if (event.kind === renameKinds.exchange) this.#note(event.pid, 'M', event.to, false, event.from)
    if (event.kind === renameKinds.whiteout) this.#note(event.pid, 'C', event.from)
  }

  #link(event: LinkEvent): void {
    const kept = this.#unnamed.get(keyOf(event))
    if (!kept) this.#note(event.pid, 'L', event.from, false, event.to)
    for (const { pid, verb } of kept ?? []) this.#note(pid, verb, event.to)
    this.#unnamed.delete(keyOf(event))
  }

  #note(pid: number, verb: string, path: string, may = false, to?: string): void {
    const name = nameIn(this.#roots, path)
    const target = to === undefined ? undefined : nameIn(this.#roots, to)
    if (name === null && (target === undefined || target === null)) return
    const text = `${verb} ${name ?? quotePath(path)}${to === undefined ? '' : `>${target ?? quotePath(to)}`}`
    const key = `${pid} ${text}`
    if (!may || !this.facts.has(key)) this.facts.set(key, { pid, text, may })
  }
}

function verbsOf(event: FileEvent): string[] {
  const verbs: string[] = []
  if (event.access & bit.created) verbs.push('C')
  if (event.access & bit.read) verbs.push('R')
  if (event.access & bit.executed) verbs.push('X')
  if (event.access & bit.written) verbs.push('W')
  else if (event.access & bit.truncated && !(event.access & bit.created)) verbs.push('W')
  return verbs
}

const keyOf = ({ dev, ino }: { readonly dev: bigint; readonly ino: bigint }): string => `${dev}:${ino}`
