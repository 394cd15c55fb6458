/**
 * Several jobs may have written the same bytes: the same step run again, or another program of somebody else. One of them is enough to make them
 * again, and the others might not even run. For each content one is chosen, from the result backwards.
 */
import { type RecipeEdge, type RecipeStep, redactionsIn } from '@roar/core'

export interface Chosen {
  /** In the order in which they were given. */
  readonly jobs: readonly RecipeStep[]
  /** Made the same as one that was chosen. */
  readonly others: readonly RecipeStep[]
}

/** `composites`: by the bare digest of a file that nobody made by itself, that of the composite which has it as a member. */
export function chooseMakers(
  jobs: readonly RecipeStep[],
  hash: string,
  composites: ReadonlyMap<string, string> = new Map(),
): Chosen {
  const makers = new Makers(jobs)
  const chosen = new Needed()
  chosen.add(makers.best(makers.ofDigest(hash), null), hash)
  for (let job = chosen.next(); job; job = chosen.next())
    for (const edge of job.inputs) {
      if (!chosen.counts(job, edge)) continue
      const hash = wholeOf(edge, composites) ?? edge.hash ?? ''
      chosen.add(makers.before(job, { ...edge, hash }), hash)
    }
  if (chosen.isEmpty) return { jobs, others: [] }
  return {
    jobs: jobs
      .filter((job) => chosen.has(job))
      .map((job) => ({ ...job, inputs: job.inputs.filter((edge) => chosen.counts(job, edge)) })),
    others: jobs.filter((job) => !chosen.has(job)),
  }
}

const wholeOf = ({ hash, sourced }: RecipeEdge, composites: ReadonlyMap<string, string>): string | undefined =>
  hash === null || sourced === 'commit' ? undefined : composites.get(bare(hash))

/** Which outputs of each job are needed, by their paths. What one of them kept unread is not needed for another. */
class Needed {
  readonly #paths = new Map<RecipeStep, Set<string | null>>()
  readonly #waiting = new Set<RecipeStep>()

  get isEmpty(): boolean {
    return this.#paths.size === 0
  }

  has(job: RecipeStep): boolean {
    return this.#paths.has(job)
  }

  add(job: RecipeStep | null, hash: string): void {
    if (job === null) return
    const paths = this.#paths.get(job)
    const made = job.outputs
      .filter((edge) => edge.hash !== null && bare(edge.hash) === bare(hash))
      .map((edge) => edge.path)
    if (paths && made.every((path) => paths.has(path))) return
    this.#paths.set(job, new Set([...(paths ?? []), ...made]))
    this.#waiting.add(job)
  }

  counts(job: RecipeStep, { kept_for: output }: RecipeEdge): boolean {
    return output == null || (this.#paths.get(job)?.has(output) ?? false)
  }

  next(): RecipeStep | undefined {
    const [job] = this.#waiting
    if (job) this.#waiting.delete(job)
    return job
  }
}

const bare = (hash: string): string => hash.replace(/^[\w-]+:/, '')

class Makers {
  readonly #byContent = new Map<string, RecipeStep[]>()

  constructor(jobs: readonly RecipeStep[]) {
    for (const job of jobs)
      for (const { hash } of job.outputs)
        if (hash !== null) this.#byContent.set(bare(hash), [...(this.#byContent.get(bare(hash)) ?? []), job])
  }

  ofDigest(hash: string): readonly RecipeStep[] {
    return this.#byContent.get(bare(hash)) ?? []
  }

  /** Null: none is needed, or none made it before it was used. */
  before(user: RecipeStep, edge: RecipeEdge): RecipeStep | null {
    if (edge.hash === null || edge.sourced === 'commit') return null
    const all = this.ofDigest(edge.hash).filter((job) => job !== user)
    const atPath = all.filter((job) => job.outputs.some((output) => isSame(output, edge)))
    // Empty files are all the same: whoever wrote one elsewhere has nothing to do with this one.
    const candidates = atPath.length > 0 || edge.size === 0 ? atPath : all
    return this.best(
      candidates.filter((job) => isEarlier(job, user) || !this.#needs(job, user)),
      user,
    )
  }

  best(candidates: readonly RecipeStep[], user: RecipeStep | null): RecipeStep | null {
    const ranked = candidates.map((job) => ({ job, rank: rankOf(job, user) }))
    // Among equals the last: they come in the order in which they ran.
    return (
      ranked.reduce<(typeof ranked)[number] | null>((a, b) => (a && isBetter(a.rank, b.rank) ? a : b), null)?.job ??
      null
    )
  }

  /** By way of whatever it used, whoever made that. */
  #needs(job: RecipeStep, wanted: RecipeStep): boolean {
    const seen = new Set<RecipeStep>()
    const waiting = [job]
    for (let one = waiting.pop(); one; one = waiting.pop()) {
      if (one === wanted) return true
      if (seen.has(one)) continue
      seen.add(one)
      for (const { hash } of one.inputs) if (hash !== null) waiting.push(...this.ofDigest(hash))
    }
    return false
  }
}

const isSame = (a: RecipeEdge, b: RecipeEdge): boolean =>
  a.path === b.path && a.hash !== null && b.hash !== null && bare(a.hash) === bare(b.hash)

const startOf = (job: RecipeStep): number => Date.parse(job.startedAt ?? '') || 0
const isEarlier = (job: RecipeStep, user: RecipeStep): boolean => startOf(job) < startOf(user)

/** Greater is better, the first difference counts: can it run, was it before, does it belong together, does somebody vouch for it, is it new. */
const rankOf = (job: RecipeStep, user: RecipeStep | null): readonly number[] => [
  Number(mayRun(job)),
  Number(user === null || isEarlier(job, user)),
  Number(user !== null && job.gitRepo === user.gitRepo),
  Number(job.visibility !== undefined && job.visibility !== 'anonymous'),
  startOf(job),
]

const mayRun = ({ dirty, exitCode, argv, withdrawn }: RecipeStep): boolean =>
  !dirty && (exitCode ?? 0) === 0 && withdrawn !== true && redactionsIn(argv ?? []).length === 0

function isBetter(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, place) => value !== b[place])
  return at >= 0 && (a[at] as number) > (b[at] as number)
}
