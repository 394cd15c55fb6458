/** Rows of jobs and of the edges between them and artifacts. */
import type { JobClaim, JobLinks, LinkClaim, Role } from '../api/index.ts'
import { searchTime, wordRows } from '../realm/command-words.ts'
import { placeOf, type Realm, termOf } from '../realm/realm.ts'
import { sealRow } from '../realm/sealed-rows.ts'
import type { Row } from '../schema/tables.ts'
import { type ArtifactRows, textOf } from './artifact-rows.ts'
import { type Destination, visibilityNumber } from './destination.ts'
import { type IdentityEdge, identifyJob } from './job-identity.ts'
import { keyOfName, namesOf } from './name-rows.ts'

export const roles = ['input', 'output'] as const

/** An edge that has no content is no row: the job's document keeps it. */
export type UnhashedLink = LinkClaim & { readonly role: Role }

interface Linked {
  readonly role: Role
  readonly link: LinkClaim
  readonly artifact: Buffer
  readonly digest: string
  readonly format: string | null
}

export class JobRows {
  readonly jobs = new Map<string, Row<'jobs'>>()
  readonly edges = new Map<string, Row<'edges'>>()
  readonly terms = new Map<string, Row<'terms'>>()
  readonly words: Row<'words'>[] = []
  readonly names = new Map<string, Row<'names'>>()
  /** By the client's name of the job. */
  readonly ids = new Map<string, Buffer>()
  readonly steps = new Map<string, number>()
  readonly #to: Destination
  readonly #artifacts: ArtifactRows
  readonly #at: number

  constructor(to: Destination, artifacts: ArtifactRows, at: number) {
    this.#to = to
    this.#artifacts = artifacts
    this.#at = at
  }

  get realm(): Realm {
    return this.#to.realm
  }

  /** Who registers them; null: nobody says. */
  get account(): string | null {
    return this.#to.account
  }

  /** `inside`: the session that alone may add to the job, where it comes without staging. */
  add(job: JobClaim, links: readonly JobLinks[], inside = ''): Buffer {
    const linked: Linked[] = []
    const unhashed: UnhashedLink[] = []
    for (const [role, link] of links.flatMap(linksOf)) {
      const found = this.#link(role, link)
      if (found) linked.push(found)
      else unhashed.push({ role, ...link })
    }
    const edges: IdentityEdge[] = inside
      ? []
      : linked.map(({ role, digest, link }) => ({ role, digest, path: link.path }))
    const id = identifyJob(this.#to.realm, job, edges, inside)
    this.ids.set(job.job_uid, id)
    this.steps.set(id.toString('latin1'), job.step_number)
    this.#put(id, job, unhashed)
    for (const one of linked) this.#edge(id, one)
    this.#terms(id, job, linked)
    return id
  }

  /** Further links of a job that is registered already. */
  link(id: Buffer, role: Role, links: readonly LinkClaim[]): number {
    const linked = links.map((link) => this.#link(role, link)).filter((one) => one !== null)
    for (const one of linked) this.#edge(id, one)
    return linked.length
  }

  #link(role: Role, link: LinkClaim): Linked | null {
    if (!link.hash) return null
    const known =
      this.#artifacts.find(link.algorithm, link.hash) ??
      this.#artifacts.stub(
        link.algorithm ?? 'blake3',
        link.hash,
        link.size ?? null,
        link.kind ?? 'file',
        link.format ?? null,
      )
    return { role, link, artifact: known.id, digest: textOf(known.digest), format: link.format ?? known.format }
  }

  #put(id: Buffer, job: JobClaim, unhashed: readonly UnhashedLink[]): void {
    const { argv, cwd, name, signal, metadata, record, parent_job_uid } = job
    const document = { argv, cwd, name, signal, metadata, record, parent_job_uid, unhashed }
    const row: Row<'jobs'> = {
      id,
      realm: this.#to.realm.id,
      visibility: visibilityNumber(this.#to.visibility),
      uid: job.job_uid,
      kind: job.job_type ?? 'run',
      step: job.step_number,
      command: job.command,
      repository: job.git_repo ?? null,
      revision: job.git_commit ?? null,
      branch: job.git_branch ?? null,
      started_at: Math.round(job.timestamp * 1000),
      duration_ms: job.duration_seconds == null ? null : job.duration_seconds * 1000,
      exit_code: job.exit_code ?? null,
      dirty: job.dirty ? 1 : 0,
      document: JSON.stringify(document),
      sealed: null,
      first_at: this.#at,
      supersedes: job.supersedes ? Buffer.from(job.supersedes, 'hex') : null,
      superseded_by: null,
      withdrawn_at: null,
      withdrawn_reason: null,
    }
    if (!this.jobs.has(id.toString('latin1'))) this.words.push(...wordRows(this.#to.realm, row))
    this.jobs.set(id.toString('latin1'), sealRow(this.#to.realm, 'jobs', row))
  }

  #edge(job: Buffer, { role, link, artifact }: Linked): void {
    const place = placeOf(this.#to.realm, link.path)
    const { path, hash: _, algorithm: __, ...rest } = link
    const document = Object.keys(rest).length === 0 ? null : JSON.stringify(rest)
    const row = { job, role: roles.indexOf(role), artifact, place, path, document, sealed: null }
    const name = [job, artifact, place].map((one) => one.toString('latin1')).join('') + role
    this.edges.set(name, sealRow(this.#to.realm, 'edges', row))
    for (const one of namesOf(this.#to.realm, row)) this.names.set(keyOfName(one), one)
  }

  #terms(id: Buffer, job: JobClaim, linked: readonly Linked[]): void {
    const formats = new Set(linked.map((one) => one.format).filter((format) => format !== null))
    const terms: [string, string | null | undefined][] = [
      ['uid', job.job_uid],
      ['repository', job.git_repo],
      ['commit', job.git_commit],
      ...[...formats].map((format): [string, string] => ['format', format]),
    ]
    const at = searchTime(this.#to.realm, { first_at: this.#at, started_at: Math.round(job.timestamp * 1000) })
    for (const [field, value] of terms) {
      if (!value) continue
      const term = termOf(this.#to.realm, field, value)
      this.terms.set(`${term.toString('latin1')}${id.toString('latin1')}`, { term, at, job: id })
    }
  }
}

const linksOf = ({ inputs = [], outputs = [] }: JobLinks): [Role, LinkClaim][] => [
  ...inputs.map((link): [Role, LinkClaim] => ['input', link]),
  ...outputs.map((link): [Role, LinkClaim] => ['output', link]),
]
