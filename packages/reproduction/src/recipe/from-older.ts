/**
 * Jobs that roar-cli of PyPI has registered, as far as they can be told like ours. It publishes absolute paths, the words and the directory of a command
 * within its free `metadata`, and not where the repository lay: that is concluded, where it is beyond doubt.
 */
import { posix } from 'node:path'
import type { PublishedJob, RecipeEdge, RecipeStep as RegistryStep } from '@roar/core'
import { prefixFrom } from './workspace-prefix.ts'

/** What an adapted job has beside: paths are still absolute, for nothing tells where the repository lay. */
export type Adapted = RegistryStep & { readonly older?: 'placed' | 'placeless' }

interface Facts {
  readonly argv: readonly string[]
  /** Relative to the repository. */
  readonly cwd: string
  readonly remote: string | null
  readonly clean: boolean
  readonly python: string | null
  readonly pip: readonly (readonly [string, string])[]
}

export function ofOlderClient(jobs: readonly RegistryStep[]): readonly Adapted[] {
  const facts = new Map(jobs.map((job) => [job, job.record === null ? factsIn(job.metadata) : null]))
  const older = jobs.filter((job) => facts.get(job))
  const root = rootOf(older.map((job) => [job, facts.get(job) as Facts]))
  return jobs.map((job) => {
    const known = facts.get(job)
    return known ? adapted(job, known, root) : job
  })
}

type Open = { readonly [name: string]: unknown } | null | undefined
const open = (value: unknown): Open => (typeof value === 'object' ? (value as Open) : null)
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null)

/** Anybody may have written it. Null: it tells no command. */
function factsIn(metadata: string | null | undefined): Facts | null {
  const all = open(parsed(metadata ?? ''))
  const [runtime, git] = [open(all?.runtime), open(all?.git)]
  const argv = runtime?.command
  if (!Array.isArray(argv) || argv.length === 0 || !argv.every((one) => typeof one === 'string')) return null
  return {
    argv,
    cwd: prefixFrom(all?.cwd) || '.',
    remote: text(git?.remote_url),
    clean: git?.clean !== false,
    python: text(open(runtime?.python)?.version),
    pip: Object.entries(open(open(all?.packages)?.pip) ?? {}).flatMap(([name, version]) =>
      text(version) === null ? [] : [[name, version as string] as const],
    ),
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return null
  }
}

const edgesOf = (job: RegistryStep): readonly RecipeEdge[] => [...job.inputs, ...job.outputs]

/** A word of a command names a file of it, or the files lie in its directory: where all such signs say the same, that is it. */
function rootOf(jobs: readonly (readonly [RegistryStep, Facts])[]): string | null {
  const named = new Set(jobs.flatMap(([job, facts]) => edgesOf(job).flatMap(({ path }) => rootsBy(path ?? '', facts))))
  const found = named.size > 0 ? named : new Set(jobs.flatMap(([job, { cwd }]) => rootsAround(job, cwd)))
  const [root] = found
  return found.size === 1 && root !== undefined ? root : null
}

function rootsBy(path: string, { argv, cwd }: Facts): readonly string[] {
  const words = argv.flatMap((word) => [word, word.slice(word.indexOf('=') + 1)])
  const names = words.filter((word) => /^[^/-]/.test(word)).map((word) => posix.join(cwd, word))
  const name = names.find((one) => !one.startsWith('.') && path.endsWith(`/${one}`))
  return name === undefined ? [] : [path.slice(0, -name.length - 1)]
}

function rootsAround(job: RegistryStep, cwd: string): readonly string[] {
  if (cwd === '.') return []
  return edgesOf(job).flatMap(({ path }) => {
    const at = path?.indexOf(`/${cwd}/`) ?? -1
    // Twice the same name on the way leaves it open.
    return path?.startsWith('/') && at >= 0 && at === path.lastIndexOf(`/${cwd}/`) ? [path.slice(0, at)] : []
  })
}

function adapted(job: RegistryStep, facts: Facts, root: string | null): Adapted {
  const inRoot = (edge: RecipeEdge): RecipeEdge =>
    root !== null && edge.path?.startsWith(`${root}/`) ? { ...edge, path: edge.path.slice(root.length + 1) } : edge
  const isPlaceless = root === null && edgesOf(job).some(({ path }) => path?.startsWith('/'))
  return {
    ...job,
    argv: job.argv ?? facts.argv,
    cwd: job.cwd ?? facts.cwd,
    gitRepo: job.gitRepo || facts.remote,
    dirty: job.dirty || !facts.clean,
    record: { packages: packagesOf(facts) } as never,
    inputs: job.inputs.map(inRoot),
    outputs: job.outputs.map(inRoot),
    older: isPlaceless ? 'placeless' : 'placed',
  }
}

function packagesOf({ python, pip }: Facts): PublishedJob['packages'] {
  const all = [
    ...(python === null ? [] : [{ ecosystem: 'python', name: 'python', version: python }]),
    ...pip.map(([name, version]) => ({ ecosystem: 'pypi', name, version })),
  ]
  return all.map((one) => ({ ...one, purl: '', modified: [] })) as unknown as PublishedJob['packages']
}
