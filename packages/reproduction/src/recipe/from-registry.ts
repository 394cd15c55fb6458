/** A recipe from a registry's answer: the same type as from the local store, as far as the registry tells it. */
import {
  type BytePath,
  fromBuffer,
  fromString,
  type JobBody,
  type PublishedJob,
  type PublishedRecipe,
  parseStepName,
  type RecipeEdge,
  type RecipeStep as RegistryStep,
  type StepKind,
  type StepRef,
  stepName,
} from '@roar/core'
import { chooseMakers } from './choose-makers.ts'
import { type Adapted, ofOlderClient } from './from-older.ts'
import type { Recipe, RecipeInput, RecipeOutput, RecipeSource, RecipeStep, Target } from './recipe.ts'
import { surroundingsOf } from './surroundings.ts'
import { prefixFrom } from './workspace-prefix.ts'

export function recipeFromRegistry(of: string, origin: string, answer: PublishedRecipe): Recipe {
  // What was fetched is an input like any other: from wherever its content is, and proven by its digest.
  const all = ofOlderClient(answer.jobs.filter((job) => job.jobType !== 'get' && job.jobType !== 'put'))
  const composites = compositesIn(answer)
  const { jobs, others } = answer.hash === null ? { jobs: all, others: [] } : chooseMakers(all, answer.hash, composites)
  const made = new Makings(jobs, composites)
  const places = placesIn(answer)
  const steps = jobs.map((job) => stepOf(job, mirrorsOf(job, others), (edge) => inputOf(edge, job, made, places)))
  const session = answer.sessionHash ?? recordOf(jobs.at(-1))?.session ?? ''
  const left = others
    .filter((job) => !jobs.some((one) => isSameRun(one, job)))
    .map((job) => ({ step: stepName(stepRefOf(job)), uid: job.jobUid }))
  const member = answer.member?.path ?? null
  const targets = targetsOf(answer, steps)
  return { of, member, origin, session, root: null, ...placeOf(steps), steps, targets, others: left }
}

function placeOf(steps: readonly RecipeStep[]): Pick<Recipe, 'prefix' | 'clone'> {
  const told = steps.flatMap(({ source }) => (source && (source.workspace !== null || source.clone) ? [source] : []))
  const last = told.at(-1)
  return { prefix: last?.clone ? '' : (last?.workspace ?? null), clone: last?.clone ?? '' }
}

/** One run that was published with another remote is another job to a registry, where anybody may claim what looks like somebody else's. */
const isSameRun = (a: RegistryStep, b: RegistryStep): boolean =>
  a.jobUid === b.jobUid && a.gitCommit !== null && a.gitCommit === b.gitCommit && a.startedAt === b.startedAt

const mirrorsOf = (job: RegistryStep, others: readonly RegistryStep[]): readonly string[] => {
  const same = others.filter((one) => isSameRun(one, job) && one.gitRepo !== job.gitRepo)
  return same.flatMap(({ gitRepo }) => (gitRepo === null ? [] : [gitRepo]))
}

/** By the digest of a file that no job made by itself, without its algorithm: the composite that it is a member of. */
const compositesIn = ({ sources }: PublishedRecipe): ReadonlyMap<string, string> =>
  new Map(sources.flatMap(({ hash, member_of: of }) => (of ? [[bare(hash), bare(of.hash)] as const] : [])))

/** URLs by content: those that the registry lists, and those that a `get` read. */
function placesIn({ sources, jobs }: PublishedRecipe): ReadonlyMap<string, readonly string[]> {
  const places = new Map<string, readonly string[]>()
  const add = (algorithm: string | null, hash: string, urls: readonly string[]) => {
    const key = `${algorithm}:${bare(hash)}`
    places.set(key, [...new Set([...(places.get(key) ?? []), ...urls])])
  }
  for (const one of sources) add(one.algorithm, one.hash, one.locations)
  for (const { hash, algorithm, path } of jobs.flatMap((job) => [...job.inputs, ...job.outputs]))
    if (hash !== null && path?.includes('://')) add(algorithm, hash, [path])
  return places
}

type Record = Partial<Omit<JobBody, 'git'>> & { readonly git?: Partial<NonNullable<PublishedJob['git']>> | null }

/** What a client of roar registers beside the fields that every client has. */
const recordOf = (step: RegistryStep | undefined): Record | null => (step?.record as Record | null | undefined) ?? null

const kindOf = (job: RegistryStep): StepKind => (job.jobType === 'build' ? 'build' : 'run')

const stepRefOf = (job: RegistryStep): StepRef =>
  parseStepName(recordOf(job)?.step ?? '') ?? { kind: kindOf(job), number: job.stepNumber }

function stepOf(job: Adapted, mirrors: readonly string[], input: (edge: RecipeEdge) => RecipeInput): RecipeStep {
  const record = recordOf(job) ?? {}
  const { variables = {}, os = '', hardware = '', runtime = '', facts = {} } = record.environment ?? {}
  const [inputs, outputs, cwd] = [job.inputs.map(input), job.outputs.map(fileOf), job.cwd ?? '.']
  return {
    uid: job.jobUid,
    kind: kindOf(job),
    step: stepRefOf(job),
    name: job.name,
    argv: job.argv ?? [],
    cwd,
    startedAt: Date.parse(record.started_at ?? '') || 0,
    durationMs: record.duration_ms ?? null,
    exitCode: job.exitCode,
    status: record.status ?? 'completed',
    source: sourceOf(job, mirrors),
    dirtyFiles: record.git?.dirty_files?.map((file) => file.path) ?? [],
    variables,
    machine: record.environment ? { os, hardware, runtime, hostname: '' } : null,
    packages: (record.packages ?? []).map((one) => ({
      ...one,
      location: null,
      modified: one.modified.map(fromString),
    })),
    programs: [],
    tags: record.tags ?? {},
    complete: record.tracer?.coverage.complete ?? false,
    credentials: record.filtered?.credential ?? 0,
    ...(job.older === 'placeless' && { placeless: true as const }),
    ...{ inputs, outputs, ...surroundingsOf({ facts, cwd, inputs, outputs }) },
  }
}

function sourceOf(job: RegistryStep, mirrors: readonly string[]): RecipeSource {
  const git = recordOf(job)?.git
  return {
    ...{ repository: job.gitRepo, mirrors, local: null },
    ...{ workspace: prefixFrom(git?.workspace), clone: prefixFrom(git?.enclosed) ?? '' },
    ...{ commit: job.gitCommit, branch: job.gitBranch, dirty: job.dirty },
  }
}

/** Some registries name a digest with its algorithm, some without. */
const bare = (hash: string): string => hash.replace(/^[\w-]+:/, '')

const contentOf = (edge: RecipeEdge): string => `${edge.algorithm}:${edge.hash}`
const keyOf = (edge: RecipeEdge): string => `${edge.path}\0${contentOf(edge)}`

/** What the jobs of a recipe make, at which name and when: they come in the order in which they run. */
class Makings {
  readonly #named: ReadonlySet<string>
  readonly #first = new Map<string, number>()
  readonly #places: ReadonlyMap<Adapted, number>

  readonly #composites: ReadonlyMap<string, string>
  readonly #outputs: readonly { readonly hash: string; readonly path: BytePath; readonly place: number }[]

  constructor(jobs: readonly Adapted[], composites: ReadonlyMap<string, string>) {
    this.#composites = composites
    const sets = new Set(composites.values())
    this.#outputs = jobs.flatMap((job, place) =>
      job.outputs.flatMap((edge) =>
        edge.hash !== null && sets.has(bare(edge.hash)) ? [{ hash: bare(edge.hash), path: pathOf(edge), place }] : [],
      ),
    )
    this.#places = new Map(jobs.map((job, place) => [job, place]))
    this.#named = new Set(jobs.flatMap((job) => job.outputs.map(keyOf)))
    for (const [place, job] of jobs.entries())
      for (const edge of job.outputs)
        if (edge.hash !== null && !this.#first.has(contentOf(edge))) this.#first.set(contentOf(edge), place)
  }

  sourceOf(edge: RecipeEdge, user: Adapted): RecipeInput['from'] {
    if (this.#named.has(keyOf(edge))) return 'step'
    if (edge.sourced === 'commit') return 'commit'
    return this.#isCarried(edge, user) ? 'step' : 'outside'
  }

  /** The name at which a step before this one makes the composite that the file is a member of. */
  compositeOf(edge: RecipeEdge, user: Adapted): BytePath | undefined {
    const composite = edge.hash === null || edge.kind !== 'file' ? undefined : this.#composites.get(bare(edge.hash))
    const before = this.#places.get(user) ?? 0
    if (composite === undefined) return undefined
    return this.#outputs.findLast(({ hash, place }) => hash === composite && place < before)?.path
  }

  /** Made under another name; empty files are all the same, whoever wrote one. */
  #isCarried(edge: RecipeEdge, user: Adapted): boolean {
    const first = edge.hash === null ? undefined : this.#first.get(contentOf(edge))
    const inWorkspace = edge.path !== null && !edge.path.startsWith('/')
    return edge.size !== 0 && inWorkspace && first !== undefined && first < (this.#places.get(user) ?? 0)
  }
}

function inputOf(
  edge: RecipeEdge,
  job: Adapted,
  made: Makings,
  places: ReadonlyMap<string, readonly string[]>,
): RecipeInput {
  const { older } = job
  const from = made.sourceOf(edge, job)
  const locations = edge.hash === null ? [] : (places.get(`${edge.algorithm}:${bare(edge.hash)}`) ?? [])
  const perhaps = older === 'placed' && from === 'outside' && !edge.path?.startsWith('/')
  const memberOf = from === 'outside' ? made.compositeOf(edge, job) : undefined
  const further = { ...(perhaps && { perhapsCommitted: true as const }), ...(memberOf && { memberOf }) }
  return { ...fileOf(edge), from, locations, ...further }
}

const fileOf = (edge: RecipeEdge): RecipeOutput => ({
  path: pathOf(edge),
  kind: edge.kind,
  format: null,
  size: edge.size,
  digests: edge.hash !== null && edge.algorithm !== null ? { [edge.algorithm]: bare(edge.hash) } : {},
  reason: edge.hash === null ? ((edge.reason ?? 'not-hashed') as RecipeOutput['reason']) : null,
})

const pathOf = (edge: RecipeEdge): BytePath =>
  edge.path_b64 === null || edge.path_b64 === undefined
    ? fromString(edge.path ?? '')
    : fromBuffer(Buffer.from(edge.path_b64, 'base64'))

/** The artifact's newest maker; of a session, what none of its steps used. */
function targetsOf(answer: PublishedRecipe, steps: readonly RecipeStep[]): readonly Target[] {
  const all = steps.flatMap((one) => one.outputs.map((output) => ({ step: stepName(one.step), uid: one.uid, output })))
  if (answer.hash !== null) {
    const hash = bare(answer.hash)
    const making = all.filter(({ output }) => Object.values(output.digests).includes(hash))
    return making.slice(-1).map(({ step, uid, output }) => ({ step, uid, path: output.path }))
  }
  const used = new Set(steps.flatMap((one) => one.inputs.flatMap((input) => Object.values(input.digests))))
  const last = all.filter(({ output }) => !Object.values(output.digests).some((digest) => used.has(digest)))
  return last.map(({ step, uid, output }) => ({ step, uid, path: output.path }))
}
