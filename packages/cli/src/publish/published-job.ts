/** A recorded job as it is published: without secrets, and without what concerns this machine alone. */
import { posix } from 'node:path'
import {
  type JobRecord,
  jobDocument,
  type Outputs,
  type PublishedInput,
  type PublishedJob,
  pathFields,
  withUsedContents,
} from '@roar/core'
import { enclosedPrefix, isOfTheMachine, publishedPrefix, workspacePrefix } from '@roar/reproduction'
import type { Secrets } from './secrets.ts'

export interface PublishedFrom {
  /** The user's directory, which names the user. */
  readonly home: string
  /** The workspace's. */
  readonly root: string
}

/** The same whatever of it was asked for: one execution that is published twice is one job in a registry. */
export function publishedJob(record: JobRecord, secrets: Secrets, { home, root }: PublishedFrom): PublishedJob {
  const { job } = jobDocument(withUsedContents(record))
  const { uid, session, kind, step, execution, status, cwd, started_at, ended_at, duration_ms, exit_code } = job
  const { signal, dirty, tracer, filtered, lock_files, interpreters } = job
  const isBeside = besides(root, cwd, new Set([...job.inputs, ...job.outputs].map((edge) => edge.path)))
  return {
    ...{ uid, session, kind, step, execution, status, cwd, started_at, ended_at, duration_ms, exit_code },
    ...{ signal, dirty, tracer, filtered, lock_files, interpreters },
    packages: job.packages.map(({ location: _location, ...one }) => one),
    name: job.name === null ? null : secrets.text('name of a job', job.name),
    argv: secrets.words('word of a command line', job.argv),
    tags: secrets.values('tag', job.tags),
    notes: job.notes.map((note) => secrets.text('note', note)),
    git: job.git && gitOf(job.git, secrets, root),
    environment: job.environment && environmentOf(job.environment, secrets, home, isBeside),
    inputs: job.inputs.map(({ base: _base, ...edge }) => edgeOf(edge, secrets)),
    outputs: job.outputs.map(({ base: _base, ...edge }) => edgeOf(edge, secrets)),
  }
}

/** Without what the job kept for outputs that nobody asked for. */
export function countingInputs(
  { inputs }: PublishedJob,
  { outcome }: JobRecord,
  outputs: Outputs | undefined,
): readonly PublishedInput[] {
  if (!outputs || inputs.every((edge) => edge.kept_for === undefined)) return inputs
  const counting = (outcome?.outputs ?? []).filter((output) => outputs.has(output))
  const paths = new Set(counting.map((output) => pathFields(output.path).path))
  return inputs.filter(({ kept_for: output }) => output === undefined || paths.has(output))
}

type Git = NonNullable<ReturnType<typeof jobDocument>['job']['git']>
type Environment = NonNullable<ReturnType<typeof jobDocument>['job']['environment']>

function gitOf({ root, ...git }: Git, secrets: Secrets, workspace: string): PublishedJob['git'] {
  return {
    ...git,
    repository: git.repository && secrets.text('address of a repository', git.repository),
    workspace: publishedPrefix(workspacePrefix(root, workspace)),
    enclosed: enclosedPrefix(root, workspace) || null,
  }
}

/** The digests of variables that are not recorded tell nothing without this machine's key, and are of no use elsewhere. */
function environmentOf(
  { hostname: _hostname, commitments: _commitments, ...rest }: Environment,
  secrets: Secrets,
  home: string,
  isBeside: ReturnType<typeof besides>,
) {
  const variables = Object.entries(rest.variables).map(([name, value]) => [name, withoutHome(name, value, home)])
  const facts = Object.fromEntries(
    Object.entries(rest.facts).filter(
      ([name, value]) => isLink(name) || (!isOwn.test(name) && !isBeside(name, rest.facts[fileOf(name)] ?? value)),
    ),
  )
  return {
    ...rest,
    variables: secrets.values('environment variable', Object.fromEntries(variables)),
    facts: secrets.values('fact of the environment', facts),
  }
}

/** Only in what nobody sets again elsewhere: the others are needed by their letter. */
function withoutHome(name: string, value: string, home: string): string {
  if (home.length < 2 || !isOfTheMachine(name)) return value
  return value
    .split(':')
    .map((part) => (part === home || part.startsWith(`${home}/`) ? `~${part.slice(home.length)}` : part))
    .join(':')
}

/** Names of this machine, its user and its network are nobody else's business. */
const isOwn = /(^|\.)(host|hostname|user|uid|login|home|address|mac)(\.|$)/i

/** `stdout.appends` is said of `stdout.file`. */
const fileOf = (name: string): string => name.replace(/^(std(?:out|err))\.appends$/, '$1.file')

/** Its name is the link's own. */
const isLink = (name: string): boolean => name.startsWith('link/')

/** Where a log of the user's lies that a job was started with, beside the workspace: of no use elsewhere either. What it used or made is another matter. */
const besides = (root: string, cwd: string, used: ReadonlySet<string>) => (name: string, path: string) => {
  if (!/^std(in|out|err)\.(file|appends)$/.test(name)) return false
  const at = posix.join(cwd, path)
  return /^(\/|\.\.(\/|$))/.test(at) && !used.has(posix.resolve(root, at))
}

type Local = { readonly processes: readonly number[]; readonly names: readonly string[]; readonly path: string }

/** A path is the file's name and stays as it is; an address may carry a password or a signature. */
function edgeOf<E extends Local>({ processes: _processes, names: _names, ...edge }: E, secrets: Secrets) {
  return edge.path.includes('://') ? { ...edge, path: secrets.text('address of data', edge.path) } : edge
}
