/** Why two jobs could have come out otherwise: everything that was observed of both, side by side. */
import { type BytePath, display } from '../byte-path.ts'
import type { PackageUse } from '../model.ts'
import type { JobRecord, StoredInput } from '../store.ts'

/** From what explains most to what explains least. */
export const causeKinds = ['command', 'data', 'code', 'package', 'variable', 'tree', 'machine'] as const
export type CauseKind = (typeof causeKinds)[number]

export interface Cause {
  readonly kind: CauseKind
  /** What differs: a path, a name of a variable, a place in the command. */
  readonly what: string
  /** null: it is not there. */
  readonly a: string | null
  readonly b: string | null
}

export interface JobComparison {
  /** In the job itself. */
  readonly causes: readonly Cause[]
  /** Inputs that differ because they were made otherwise. */
  readonly upstream: readonly { readonly path: BytePath; readonly a: string; readonly b: string }[]
  readonly outputs: readonly { readonly path: BytePath; readonly a: string | null; readonly b: string | null }[]
}

export function compareJobs(a: JobRecord, b: JobRecord): JobComparison {
  const inputs = pairs(a.outcome?.inputs ?? [], b.outcome?.inputs ?? []).filter(differ)
  const upstream = inputs.flatMap(({ path, a: x, b: y }) =>
    x?.producerUid && y?.producerUid && x.producerUid !== y.producerUid
      ? [{ path, a: x.producerUid, b: y.producerUid }]
      : [],
  )
  const made = new Set(upstream.map((one) => one.path))
  const causes = [
    ...commandCauses(a, b),
    ...inputs.filter((one) => !made.has(one.path)).map(inputCause),
    ...packageCauses(a, b),
    ...variableCauses(a, b),
    ...treeCauses(a, b),
    ...machineCauses(a, b),
  ]
  const outputs = pairs(a.outcome?.outputs ?? [], b.outcome?.outputs ?? []).filter(differ)
  return {
    causes: causes.sort((x, y) => causeKinds.indexOf(x.kind) - causeKinds.indexOf(y.kind)),
    upstream,
    outputs: outputs.map(({ path, a: x, b: y }) => ({ path, a: digestOf(x), b: digestOf(y) })),
  }
}

type Digested = Pick<StoredInput, 'path' | 'digests' | 'reason'>
interface Pair<T> {
  readonly path: BytePath
  readonly a: T | null
  readonly b: T | null
}

/** By path: the same file of two jobs. */
function pairs<T extends Digested>(a: readonly T[], b: readonly T[]): readonly Pair<T>[] {
  const found = new Map(a.map((one) => [one.path, { path: one.path, a: one as T | null, b: null as T | null }]))
  for (const one of b) found.set(one.path, { path: one.path, a: found.get(one.path)?.a ?? null, b: one })
  return [...found.values()].sort((x, y) => (x.path < y.path ? -1 : 1))
}

const digestOf = (edge: Digested | null): string | null => {
  const [first] = Object.entries(edge?.digests ?? {})
  return edge === null ? null : first ? `${first[0]}:${first[1]}` : `unknown (${edge.reason})`
}

/** Two unknown contents are not called different. */
const differ = ({ a, b }: Pair<Digested>): boolean => {
  if (a === null || b === null) return true
  const shared = Object.keys(a.digests).filter((name) => b.digests[name] !== undefined)
  return shared.length === 0 ? digestOf(a) !== digestOf(b) : shared.some((name) => a.digests[name] !== b.digests[name])
}

const inputCause = ({ path, a, b }: Pair<StoredInput>): Cause => ({
  kind: [a, b].some((one) => one?.code || one?.inCommit) ? 'code' : 'data',
  what: display(path),
  a: digestOf(a),
  b: digestOf(b),
})

function commandCauses({ row: a }: JobRecord, { row: b }: JobRecord): readonly Cause[] {
  const length = Math.max(a.argv.length, b.argv.length)
  const words = Array.from({ length }, (_, i) => cause('command', wordName(a.argv, i), a.argv[i], b.argv[i]))
  return [...words, cause('command', 'directory', a.cwd, b.cwd)].flat()
}

/** `--lr` in front of its value says more than a number. */
const wordName = (argv: readonly string[], index: number): string => {
  const before = argv[index - 1]
  return before?.startsWith('-') && !before.includes('=') ? before : index === 0 ? 'program' : `word ${index + 1}`
}

function cause(kind: CauseKind, what: string, a: string | null | undefined, b: string | null | undefined): Cause[] {
  return (a ?? null) === (b ?? null) ? [] : [{ kind, what, a: a ?? null, b: b ?? null }]
}

function packageCauses(a: JobRecord, b: JobRecord): readonly Cause[] {
  const versions = (record: JobRecord) =>
    byName((record.outcome?.packages ?? []).map((one) => [nameOf(one), versionOf(one)]))
  return keyed('package', versions(a), versions(b))
}

const nameOf = (one: PackageUse): string => `${one.ecosystem} ${one.name}`
const versionOf = (one: PackageUse): string =>
  `${one.version ?? 'unknown version'}${one.modified.length > 0 ? ', changed by hand' : ''}`

/** Two versions of one name are one value: both are shown. */
function byName(entries: readonly (readonly [string, string])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const [name, value] of entries) found.set(name, found.has(name) ? `${found.get(name)} and ${value}` : value)
  return found
}

/** Values that are not recorded are compared by their commitments, which one machine makes alike. */
function variableCauses(a: JobRecord, b: JobRecord): readonly Cause[] {
  const values = (record: JobRecord) => new Map(Object.entries(record.outcome?.environment.variables ?? {}))
  const hidden = (record: JobRecord) => record.outcome?.environment.commitments ?? {}
  const [x, y] = [hidden(a), hidden(b)]
  const changed = Object.keys(x).filter((name) => y[name] !== undefined && x[name] !== y[name])
  const secret = changed.map(
    (what): Cause => ({ kind: 'variable', what, a: 'not recorded', b: 'not recorded, another value' }),
  )
  return [...keyed('variable', values(a), values(b)), ...secret]
}

/** Another commit explains nothing when no file that was read differs: it is named, but last. */
function treeCauses(a: JobRecord, b: JobRecord): readonly Cause[] {
  const dirty = (record: JobRecord): string =>
    record.start.git?.dirtyFiles.map((file) => `${file.status} ${file.path}`).join(', ') || 'clean'
  return [
    ...cause('tree', 'commit', a.row.commit, b.row.commit),
    ...cause('tree', 'uncommitted changes', dirty(a), dirty(b)),
  ]
}

function machineCauses(a: JobRecord, b: JobRecord): readonly Cause[] {
  const facts = (record: JobRecord) => {
    const { os = '', hardware = '', hostname = '' } = record.outcome?.environment ?? {}
    return new Map([
      ['os', os],
      ['hardware', hardware],
      ['host', hostname],
    ])
  }
  return keyed('machine', facts(a), facts(b))
}

const keyed = (kind: CauseKind, a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): readonly Cause[] =>
  [...new Set([...a.keys(), ...b.keys()])].sort().flatMap((name) => cause(kind, name, a.get(name), b.get(name)))
