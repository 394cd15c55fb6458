/** A recipe from jobs as the local store has them. */
import { type BytePath, type JobRecord, type StoredInput, type StoredOutput, usedContents } from '@roar/core'
import { orderSteps } from './order-steps.ts'
import type { Recipe, RecipeInput, RecipeOutput, RecipeSource, RecipeStep, Target } from './recipe.ts'
import { surroundingsOf } from './surroundings.ts'
import { enclosedPrefix, workspacePrefix } from './workspace-prefix.ts'

export interface RecordedLineage {
  readonly of: string
  /** Of the workspace, absolute. */
  readonly root: string
  /** The jobs upstream of what is asked for, and the build steps of their session; in any order. */
  readonly records: readonly JobRecord[]
  readonly targets: readonly Target[]
  /** Whether an output of a job is asked for, or used on the way to what is. */
  counts(job: number, output: StoredOutput): boolean
  /** Further places of an artifact, by its id in the store. */
  locations(artifact: number): Promise<readonly string[]>
}

export async function recipeFromRecords(lineage: RecordedLineage): Promise<Recipe> {
  const { records, root } = lineage
  const uids = new Set(records.map((record) => record.row.uid))
  const steps = await Promise.all(records.map((record) => stepOf(record, uids, lineage)))
  const producers = new Map(records.map((record) => [record.row.uid, producersOf(record, uids, lineage)]))
  return {
    of: lineage.of,
    origin: root,
    session: records[0]?.row.sessionHash ?? '',
    root,
    ...placeOf(records, root),
    steps: orderSteps(steps, producers),
    targets: lineage.targets,
  }
}

const usedBy = ({ row, outcome }: JobRecord, { counts }: RecordedLineage): readonly StoredInput[] =>
  outcome ? usedContents(outcome, (output) => counts(row.id, output)) : []

const producersOf = (record: JobRecord, known: ReadonlySet<string>, lineage: RecordedLineage): readonly string[] =>
  usedBy(record, lineage).flatMap(({ producerUid: uid }) => (uid !== null && known.has(uid) ? [uid] : []))

/** A workspace may lie below its repository's root, or enclose it. */
function placeOf(records: readonly JobRecord[], root: string): Pick<Recipe, 'prefix' | 'clone'> {
  const git = records.map((record) => record.start.git).find((one) => one !== null)
  if (!git) return { prefix: '', clone: '' }
  return { prefix: workspacePrefix(git.root, root) ?? '', clone: enclosedPrefix(git.root, root) }
}

async function stepOf(record: JobRecord, uids: ReadonlySet<string>, lineage: RecordedLineage): Promise<RecipeStep> {
  const { row, start, outcome } = record
  const { variables = {}, ...machine } = outcome?.environment ?? {
    variables: {},
    os: '',
    hardware: '',
    runtime: '',
    hostname: '',
  }
  const inputs = await Promise.all(usedBy(record, lineage).map((input) => inputOf(input, uids, lineage)))
  const outputs = (outcome?.outputs ?? []).map(outputOf)
  const facts = outcome?.environment?.facts ?? {}
  return {
    ...{ uid: row.uid, kind: row.step.kind, step: row.step, name: row.name, argv: row.argv, cwd: row.cwd },
    ...{ startedAt: row.startedAt, durationMs: row.durationMs, exitCode: row.exitCode, status: row.status },
    source: sourceOf(start.git, lineage.root),
    dirtyFiles: start.git?.dirtyFiles.map((file) => file.path) ?? [],
    variables,
    machine: outcome ? machine : null,
    packages: outcome?.packages ?? [],
    programs: [...new Set((outcome?.processes ?? []).flatMap((one) => one.argv.slice(0, 1)))],
    tags: start.tags,
    complete: row.complete,
    credentials: outcome?.filtered.counts.credential ?? 0,
    ...{ inputs, outputs, ...surroundingsOf({ facts, cwd: row.cwd, inputs, outputs }) },
  }
}

const sourceOf = (git: JobRecord['start']['git'], root: string): RecipeSource | null =>
  git && {
    ...{ repository: git.repository, mirrors: [], local: git.root },
    ...{ workspace: workspacePrefix(git.root, root), clone: enclosedPrefix(git.root, root) },
    ...{ commit: git.commit, branch: git.branch, dirty: git.dirty },
  }

async function inputOf(input: StoredInput, uids: ReadonlySet<string>, lineage: RecordedLineage): Promise<RecipeInput> {
  const from =
    input.producerUid !== null && uids.has(input.producerUid) ? 'step' : input.inCommit ? 'commit' : 'outside'
  const asked = from === 'outside' && input.artifact !== null
  const memberOf = asked ? compositeOf(input, uids) : undefined
  const locations = asked ? await lineage.locations(input.artifact) : []
  return { ...fileOf(input), from, locations, ...(memberOf && { memberOf }) }
}

function compositeOf({ kind, built }: StoredInput, uids: ReadonlySet<string>): BytePath | undefined {
  if (kind !== 'file') return undefined
  return built?.bases.find((base) => base.kind === 'composite' && uids.has(base.producerUid ?? ''))?.path
}

const outputOf = (output: StoredOutput): RecipeOutput => fileOf(output)

const fileOf = (edge: StoredInput | StoredOutput): RecipeOutput => ({
  path: edge.path,
  kind: edge.kind,
  format: edge.format,
  size: edge.size,
  digests: edge.digests,
  reason: edge.reason,
})
