/** What a publication amounts to: counts, commits, and what a stranger would lack to make it again. */
import type { Publication, PublicationCounts, PublishedInput, PublishedJob, PublishedOutput } from '@roar/core'
import { ranDirty } from './ran-dirty.ts'

export interface RepositoryUse {
  readonly repository: string | null
  readonly branch: string | null
  readonly commits: readonly string[]
}

export interface Audit {
  readonly counts: PublicationCounts
  readonly git: Publication['git']
  /** By repository. */
  readonly repositories: readonly RepositoryUse[]
  readonly dirtyJobs: number
  readonly outsideGit: number
  readonly incomplete: number
  /** Names of steps that failed, were interrupted, or still run. */
  readonly unfinished: readonly string[]
  readonly withoutRuntime: number
  /** Inputs that nobody vouches for: no job, no commit, no address. */
  readonly unsourced: readonly string[]
  /** Edges whose content is not known. */
  readonly undigested: number
}

const none = { repository: null, commit: null, branch: null }

export class Auditor {
  readonly #artifacts = new Set<string>()
  readonly #unsourced = new Set<string>()
  readonly #made = new Set<string>()
  readonly #unfinished = new Set<string>()
  readonly #repositories = new Map<string, { repository: string | null; branch: string | null; commits: Set<string> }>()
  readonly #count = { jobs: 0, inputs: 0, outputs: 0, links: 0 }
  readonly #faults = { dirtyJobs: 0, outsideGit: 0, incomplete: 0, withoutRuntime: 0, undigested: 0 }
  #git: Publication['git'] = none

  /** `counting`: the inputs without which what was asked for cannot be made. */
  see(job: PublishedJob, counting: readonly PublishedInput[] = job.inputs): void {
    this.#count.jobs++
    this.#count.inputs += job.inputs.length
    this.#count.outputs += job.outputs.length
    this.#count.links += linksOf(job.inputs) + linksOf(job.outputs)
    this.#seeCode(job)
    if (job.status !== 'completed') this.#unfinished.add(job.step)
    if (job.tracer?.coverage.complete !== true) this.#faults.incomplete++
    if (!job.environment?.runtime && job.packages.length === 0) this.#faults.withoutRuntime++
    for (const edge of job.outputs) this.#made.add(this.#seeContent(edge))
    for (const edge of job.inputs) this.#seeContent(edge)
    for (const edge of counting) this.#seeSource(edge)
  }

  /** `members`: of the composites. */
  result(members: number): Audit {
    return {
      counts: { ...this.#count, artifacts: this.#artifacts.size, members },
      git: this.#git,
      repositories: [...this.#repositories.values()].map((one) => ({ ...one, commits: [...one.commits] })),
      ...this.#faults,
      unsourced: [...this.#unsourced].sort(),
      unfinished: [...this.#unfinished],
    }
  }

  #seeCode(job: PublishedJob): void {
    const { git } = job
    if (ranDirty(job)) this.#faults.dirtyJobs++
    if (git === null || git.commit === null) {
      this.#faults.outsideGit++
      return
    }
    const { repository, branch, commit } = git
    this.#git = { repository, branch, commit }
    const known = this.#repositories.get(repository ?? '') ?? { repository, branch, commits: new Set<string>() }
    known.commits.add(commit)
    this.#repositories.set(repository ?? '', { ...known, branch })
  }

  /** Its name among the artifacts; empty when nothing is known of it. */
  #seeContent({ digests }: PublishedInput | PublishedOutput): string {
    const name = contentName(digests)
    if (name === '') this.#faults.undigested++
    else this.#artifacts.add(name)
    return name
  }

  #seeSource(edge: PublishedInput): void {
    if (edge.sourced === 'commit' || edge.path.includes('://')) return
    // Made by a job that is published too: one that was left out vouches for nothing.
    if (edge.sourced === 'job' && this.#made.has(contentName(edge.digests))) return
    this.#unsourced.add(edge.path)
  }
}

/** What has no content is no link: the job's own document tells of it. */
function linksOf(edges: readonly (PublishedInput | PublishedOutput)[]): number {
  const known = edges.filter(({ digests }) => contentName(digests) !== '')
  return new Set(known.map(({ path, digests }) => `${path}\0${contentName(digests)}`)).size
}

const contentName = (digests: PublishedInput['digests']): string => digests.blake3 ?? Object.values(digests)[0] ?? ''
