/**
 * Which edges of a job lead on from those by which a walk came to it. What the job has read may be in all that it made; what it only kept (`kept_for`)
 * is in that one output (docs/decisions/0038). A job may be come to again, by way of another output: then what that one kept leads on, too.
 */
import type { Row } from '../schema/tables.ts'

type Edge = Row<'edges'>

/** Any passage of a job. */
const all = ''

export class Passages {
  /** Where an edge stands: up, outputs are entered and inputs left by; down, it is the other way. */
  readonly #entry: (edge: Edge) => string
  readonly #exit: (edge: Edge) => string
  /** By job: the outputs that the walk has to do with. */
  readonly #open = new Map<string, Set<string>>()
  /** By job: edges behind outputs that it has nothing to do with yet. */
  readonly #closed = new Map<string, Edge[]>()

  constructor(direction: 'up' | 'down') {
    const [entry, exit] = direction === 'up' ? [pathOf, keeperOf] : [keeperOf, pathOf]
    this.#entry = entry
    this.#exit = exit
  }

  /** `entered`: the edges by which jobs were come to; `newly`: all that lead on from those jobs among them that the walk meets for the first time. */
  beyond(entered: readonly Edge[], newly: readonly Edge[]): readonly Edge[] {
    const jobs = new Set(newly.map(nameOf))
    for (const edge of entered) if (this.#enter(edge)) jobs.add(nameOf(edge))
    for (const edge of newly) put(this.#closed, nameOf(edge), edge)
    return [...jobs].flatMap((job) => this.#release(job))
  }

  /** Would more come in by this edge? */
  opens(edge: Edge): boolean {
    const entry = this.#entry(edge)
    return (this.#closed.get(nameOf(edge)) ?? []).some((one) => entry === all || this.#exit(one) === entry)
  }

  #enter(edge: Edge): boolean {
    const job = nameOf(edge)
    const open = this.#open.get(job) ?? new Set<string>()
    const before = open.size
    this.#open.set(job, open.add(this.#entry(edge)))
    return open.size > before
  }

  #release(job: string): readonly Edge[] {
    const edges = this.#closed.get(job) ?? []
    const open = this.#open.get(job) ?? new Set()
    const leads = (edge: Edge) => open.has(all) || this.#exit(edge) === all || open.has(this.#exit(edge))
    const closed = edges.filter((edge) => !leads(edge))
    if (closed.length === 0) this.#closed.delete(job)
    else this.#closed.set(job, closed)
    return edges.filter(leads)
  }
}

const nameOf = ({ job }: Edge): string => job.toString('latin1')
const pathOf = ({ path }: Edge): string => path ?? all

/** Empty for what was read. */
export function keeperOf({ document }: Pick<Edge, 'document'>): string {
  // Most have none: only theirs is parsed.
  if (document === null || !document.includes('"kept_for"')) return all
  return (JSON.parse(document) as { kept_for?: string | null }).kept_for ?? all
}

function put(lists: Map<string, Edge[]>, name: string, edge: Edge): void {
  const known = lists.get(name)
  if (known) known.push(edge)
  else lists.set(name, [edge])
}
