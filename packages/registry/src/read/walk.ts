/**
 * Walks the graph level by level, over rows that are read many levels at a time (`walk-rows.ts`): what it costs follows from what is found, not from what there is, and it can
 * stop at any level and say where to go on. An artifact of a private scope may have been made by a job that is public, so each level's digests are
 * asked for in every realm that the caller may read. What nobody made upstream may be a member of a composite: the walk goes on from there, when all else is
 * seen, so that it asks for all of them at once.
 */
import type { Reader } from '../database/database.ts'
import { type Principal, realmsOf } from '../identity/principal.ts'
import { type DigestQuery, digestText } from '../realm/digest.ts'
import { artifactId, type Realm } from '../realm/realm.ts'
import type { Row } from '../schema/tables.ts'
import { textOf } from '../write/artifact-rows.ts'
import { roles } from '../write/job-rows.ts'
import type { FoundArtifact } from './find.ts'
import { type Holder, holdersOfMany } from './holders.ts'
import { Passages } from './passages.ts'
import { executionOf } from './twins.ts'
import { distinct, type WalkOptions, type WalkRoles, WalkRows } from './walk-rows.ts'

export interface WalkedJob {
  readonly row: Row<'jobs'>
  readonly realm: Realm
  readonly depth: number
}
export interface WalkedArtifact extends FoundArtifact {
  /** The same for one content in every realm. */
  readonly name: string
  readonly depth: number
}
export interface WalkedEdge {
  readonly job: string
  readonly artifact: string
  readonly role: (typeof roles)[number]
  readonly path: string | null
}

/** From a composite to a file that is a member of it. */
export interface Membership {
  readonly composite: string
  readonly artifact: string
  readonly path: string
}

export interface Level {
  readonly jobs: readonly WalkedJob[]
  readonly artifacts: readonly WalkedArtifact[]
  readonly edges: readonly WalkedEdge[]
  readonly members: readonly Membership[]
}

/** All empty files are one content, and what is withdrawn has none. */
const mayBeMember = ({ row }: FoundArtifact): boolean => row.digest !== null && row.size !== 0

const queryOf = ({ row }: FoundArtifact): DigestQuery => ({
  algorithm: row.algorithm,
  hex: digestText({ algorithm: row.algorithm ?? '', bytes: row.digest ?? Buffer.alloc(0) }),
})

export const contentName = ({ row }: Pick<FoundArtifact, 'row'>): string =>
  row.algorithm && row.digest ? textOf({ algorithm: row.algorithm, bytes: row.digest }) : row.id.toString('hex')

export class Walk {
  readonly #rows: WalkRows
  readonly #db: Reader
  readonly #principal: Principal
  readonly #realms: readonly Realm[]
  readonly #options: WalkOptions
  readonly #roles: WalkRoles
  readonly #jobs = new Set<string>()
  /** In which realm an execution was met, where the caller has several. */
  readonly #executions = new Map<string, number>()
  /** Jobs that are shown as they are in another realm. */
  readonly #twins = new Set<string>()
  readonly #artifacts = new Set<string>()
  readonly #passages: Passages
  #nodes = 0
  /** Gone beyond, but not by every job: there were too many. */
  readonly #left = new Map<string, WalkedArtifact>()
  /** Where the walk stands: artifacts that it has not gone beyond by every job. Empty when everything was seen. */
  frontier: readonly WalkedArtifact[]
  truncated = false
  /** That no job made, and of which nobody asked yet whether they are members. */
  #unmade: WalkedArtifact[] = []
  /** By the name of a file that no job made: the composite through which the walk went on. */
  readonly members = new Map<string, Holder>()

  constructor(db: Reader, principal: Principal, roots: readonly FoundArtifact[], options: WalkOptions) {
    const [input, output] = [roles.indexOf('input'), roles.indexOf('output')]
    this.#roles = options.direction === 'up' ? { near: output, far: input } : { near: input, far: output }
    this.#rows = new WalkRows(db, this.#roles, options)
    this.#passages = new Passages(options.direction)
    // From the last: of an execution that is in several realms, that one's is shown.
    this.#realms = realmsOf(principal).toReversed()
    this.#options = options
    this.#db = db
    this.#principal = principal
    this.frontier = roots.map((root) => ({ ...root, name: contentName(root), depth: 0 }))
    for (const root of this.frontier) this.#artifacts.add(root.name)
  }

  async *levels(): AsyncGenerator<Level> {
    yield { jobs: [], artifacts: this.frontier, edges: [], members: [] }
    for (let depth = 1; this.frontier.length > 0; ) {
      for (; depth <= this.#options.depth && this.frontier.length > 0; depth++) {
        const level = await this.#step(depth)
        this.#nodes += level.jobs.length + level.artifacts.length
        yield level
        this.frontier = level.artifacts
        if (this.#nodes >= this.#options.limit) break
      }
      if (this.frontier.length > 0 && (await this.#goesOn()))
        for (const one of this.frontier) this.#left.set(one.name, one)
      const level = await this.#throughMembers()
      yield level
      this.frontier = level.artifacts
      // No deeper than was asked, by whichever way.
      depth = 1 + Math.max(0, ...this.frontier.map((one) => one.depth))
    }
    this.frontier = [...this.#left.values()]
    this.truncated = this.frontier.length > 0
  }

  /** The composites of which files without a maker are members. */
  async #throughMembers(): Promise<Level> {
    const level = { jobs: [], artifacts: [] as WalkedArtifact[], edges: [], members: [] as Membership[] }
    const asked = new Map(this.#unmade.map((one) => [queryOf(one), one]))
    this.#unmade = []
    if (asked.size === 0 || this.#nodes >= this.#options.limit) return level
    for (const [query, holder] of await holdersOfMany(this.#db, this.#principal, [...asked.keys()])) {
      const file = asked.get(query) as WalkedArtifact
      const composite = contentName(holder)
      if (composite === file.name) continue
      this.members.set(file.name, holder)
      level.members.push({ composite, artifact: file.name, path: holder.member.path })
      if (this.#artifacts.has(composite)) continue
      this.#artifacts.add(composite)
      level.artifacts.push({ row: holder.row, realm: holder.realm, name: composite, depth: file.depth })
    }
    this.#nodes += level.artifacts.length
    return level
  }

  async #step(depth: number): Promise<Level> {
    const level = { jobs: [] as WalkedJob[], artifacts: [] as WalkedArtifact[], edges: [] as WalkedEdge[], members: [] }
    for (const realm of this.#realms) await this.#stepIn(realm, depth, level)
    if (this.#options.direction === 'up') {
      const made = new Set(level.edges.map((edge) => edge.artifact))
      this.#unmade.push(...this.frontier.filter((one) => !made.has(one.name) && mayBeMember(one)))
    }
    return level
  }

  async #stepIn(
    realm: Realm,
    depth: number,
    level: { jobs: WalkedJob[]; artifacts: WalkedArtifact[]; edges: WalkedEdge[] },
  ): Promise<void> {
    const { near, far } = this.#roles
    const touching = await this.#rows.touching(realm, this.#idsIn(realm), this.#options.depth - depth + 1)
    const ids = distinct(touching.map(({ job }) => job).filter((job) => !this.#isKnown(job)))
    const room = Math.max(0, this.#options.limit - this.#nodes - level.jobs.length - level.artifacts.length)
    const jobs = (await this.#rows.jobs(realm, ids.slice(0, room))).filter((row) => this.#isFirst(row))
    for (const row of jobs) this.#jobs.add(row.id.toString('latin1'))
    level.jobs.push(...jobs.map((row) => ({ row, realm, depth })))
    const names = new Map(this.frontier.map((one) => [idIn(realm, one) ?? '', one.name]))
    for (const edge of touching) {
      if (this.#jobs.has(edge.job.toString('latin1'))) level.edges.push(walked(edge, names, near))
      else if (!this.#isKnown(edge.job)) this.#leave(names.get(edge.artifact.toString('latin1')))
    }
    for (const id of this.#idsIn(realm)) if (this.#rows.isCut(id)) this.#leave(names.get(id.toString('latin1')))
    const newly = await this.#rows.leading(
      realm,
      jobs.map((row) => row.id),
    )
    const walkedThrough = touching.filter(({ job }) => this.#jobs.has(job.toString('latin1')))
    await this.#arrive(realm, depth, this.#passages.beyond(walkedThrough, newly), far, level)
  }

  #isKnown(job: Buffer): boolean {
    const name = job.toString('latin1')
    return this.#jobs.has(name) || this.#twins.has(name)
  }

  #isFirst(row: Row<'jobs'>): boolean {
    const execution = this.#realms.length > 1 ? executionOf(row) : null
    if (execution === null) return true
    const met = this.#executions.get(execution) ?? row.realm
    this.#executions.set(execution, met)
    if (met !== row.realm) this.#twins.add(row.id.toString('latin1'))
    return met === row.realm
  }

  #leave(name: string | undefined): void {
    const artifact = this.frontier.find((one) => one.name === name)
    if (name !== undefined && artifact) this.#left.set(name, artifact)
  }

  async #arrive(
    realm: Realm,
    depth: number,
    edges: readonly Row<'edges'>[],
    role: number,
    level: { artifacts: WalkedArtifact[]; edges: WalkedEdge[] },
  ): Promise<void> {
    const names = new Map<string, string>()
    const ids = distinct(edges.map(({ artifact }) => artifact))
    for (const found of await this.#rows.artifacts(realm, ids)) {
      const name = contentName(found)
      names.set(found.row.id.toString('latin1'), name)
      if (this.#artifacts.has(name)) continue
      this.#artifacts.add(name)
      level.artifacts.push({ ...found, name, depth })
    }
    for (const edge of edges) level.edges.push(walked(edge, names, role))
  }

  /** Of what the walk stands at. */
  #idsIn(realm: Realm): readonly Buffer[] {
    const ids = this.frontier.map((one) => idIn(realm, one)).filter((id) => id !== null)
    return ids.map((id) => Buffer.from(id, 'latin1'))
  }

  /** Is there anything beyond where we stopped? */
  async #goesOn(): Promise<boolean> {
    for (const realm of this.#realms) {
      const ids = this.#idsIn(realm)
      const edges = await this.#rows.touching(realm, ids, 0)
      if (edges.some((edge) => !this.#isKnown(edge.job) || this.#passages.opens(edge))) return true
      if (ids.some((id) => this.#rows.isCut(id))) return true
    }
    const files = this.#options.direction === 'up' ? this.frontier.filter(mayBeMember) : []
    return (await holdersOfMany(this.#db, this.#principal, files.map(queryOf))).size > 0
  }
}

/** Null for what is withdrawn: without its digest it is only in its own realm. */
function idIn(realm: Realm, { row, realm: own }: FoundArtifact): string | null {
  if (own.id === realm.id) return row.id.toString('latin1')
  if (row.algorithm === null || row.digest === null) return null
  return artifactId(realm, { algorithm: row.algorithm, bytes: row.digest }).toString('latin1')
}

function walked(edge: Row<'edges'>, names: ReadonlyMap<string, string>, role: number): WalkedEdge {
  const artifact = names.get(edge.artifact.toString('latin1')) ?? edge.artifact.toString('hex')
  return { job: edge.job.toString('hex'), artifact, role: roles[role] as WalkedEdge['role'], path: edge.path }
}
