/**
 * Makes a publication of collected jobs. They are read once to know what there is; what does not fit into memory is read again to be sent.
 */
import { createHash } from 'node:crypto'
import type {
  GitState,
  JobRecord,
  JobRow,
  LineageStore,
  Publication,
  PublicationScope,
  PublishedJob,
  PublishedLabels,
  Reached,
} from '@roar/core'
import { type Audit, Auditor } from './audit.ts'
import { countingInputs, type PublishedFrom, publishedJob } from './published-job.ts'
import { Composites } from './published-members.ts'
import { type SecretCount, Secrets } from './secrets.ts'

export interface Prepared {
  readonly publication: Publication
  readonly secrets: readonly SecretCount[]
  readonly audit: Audit
  /** One for each commit in each work tree, in the order of the jobs. */
  readonly states: readonly GitState[]
  /** Digest of what was asked for; null when that is no single content. */
  readonly target: string | null
}

export interface PublicationSource {
  readonly store: LineageStore
  readonly jobs: readonly JobRow[]
  readonly reached: Reached
  readonly scope: PublicationScope
  readonly labels: readonly PublishedLabels[]
  readonly target: string | null
  readonly from: PublishedFrom
  readonly rules: ConstructorParameters<typeof Secrets>[0]
  readonly onProgress?: (jobs: number) => void
}

export async function preparePublication(source: PublicationSource): Promise<Prepared> {
  const { scope, labels, rules } = source
  const secrets = new Secrets(rules)
  const auditor = new Auditor()
  const content = createHash('sha256').update(JSON.stringify([1, scope, labels]))
  const states = new Map<string, GitState>()
  const kept = new KeptTexts()
  const composites = new Composites(source.store)
  let done = 0
  for await (const record of records(source)) {
    const job = publishedJob(record, secrets, source.from)
    const inputs = countingInputs(job, record, source.reached.get(record.row.id))
    const text = JSON.stringify(job)
    content.update(text)
    kept.add(text)
    auditor.see(job, inputs)
    composites.see({ inputs, outputs: job.outputs })
    const { git } = record.start
    if (git?.commit) states.set(`${git.root}\0${git.commit}`, git)
    source.onProgress?.(++done)
  }
  const members = await composites.count()
  // They follow from the digests that are in it; a registration that an older client made without them is another one.
  if (members > 0) content.update(`members ${members}`)
  const audit = auditor.result(members)
  const publication: Publication = {
    id: content.digest('hex'),
    scope,
    git: audit.git,
    counts: audit.counts,
    jobs: () => kept.all() ?? published(source, new Secrets(rules)),
    members: () => composites.members(),
    labels,
  }
  return { publication, secrets: secrets.counts(), audit, states: [...states.values()], target: source.target }
}

/** Edges that are in memory at once: a job may have a hundred thousand. */
const edgesAtOnce = 5000

async function* records({ store, jobs }: PublicationSource): AsyncGenerator<JobRecord> {
  let some: number[] = []
  let edges = 0
  for (const { id, inputs, outputs } of jobs) {
    some.push(id)
    // A job costs as much as some edges do.
    edges += inputs + outputs + 20
    if (edges < edgesAtOnce) continue
    yield* await store.jobRecords(some)
    some = []
    edges = 0
  }
  yield* await store.jobRecords(some)
}

async function* published(source: PublicationSource, secrets: Secrets) {
  for await (const record of records(source)) yield publishedJob(record, secrets, source.from)
}

/** Bytes of what is kept between looking at a lineage and sending it. */
const room = 256 << 20

class KeptTexts {
  #texts: string[] | null = []
  #bytes = 0

  add(text: string): void {
    this.#bytes += text.length
    if (this.#bytes > room) this.#texts = null
    this.#texts?.push(text)
  }

  /** Null when there was too much. */
  all(): Iterable<PublishedJob> | null {
    return this.#texts && parsed(this.#texts)
  }
}

function* parsed(texts: readonly string[]): Generator<PublishedJob> {
  for (const text of texts) yield JSON.parse(text) as PublishedJob
}
