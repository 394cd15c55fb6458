/** The environment of a job that is over: what the machine tells, and the links and directories by which the job may have reached its files. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedJob } from '../classify/classified.ts'
import type { EnvironmentRecord } from '../model.ts'
import type { ObservedJob } from '../observe/observed.ts'
import type { RunServices } from '../ports.ts'
import { aboveFacts } from './directories-above.ts'
import { linkFacts, linksToData } from './links-to-data.ts'
import type { RunRequest } from './run-request.ts'
import { standingFacts } from './standing-directories.ts'

type Request = Pick<RunRequest, 'workspaceRoot' | 'git'> & { readonly command: Pick<RunRequest['command'], 'env'> }

export async function describeEnvironment(
  { environment, files, git }: Pick<RunServices, 'environment' | 'files' | 'git'>,
  { command, workspaceRoot: root, git: state }: Request,
  { processes, symlinks = [] }: Pick<ObservedJob, 'processes' | 'symlinks'>,
  { inputs, outputs }: ClassifiedJob,
  startedAt: number,
): Promise<EnvironmentRecord> {
  const record = await environment.describe(command.env)
  const used = [...inputs.map(({ path }) => path), ...outputs.map(({ path }) => path)]
  const made = new Set(symlinks.map(({ path }) => path))
  const found = linksToData(files, { root, workedIn: foldersOf(processes), used, made })
  const paths = found.map(({ path }) => path)
  const committed = paths.length > 0 && state?.commit ? await git.committed(state, paths) : new Set()
  const links = found.filter(({ path }) => !committed.has(path))
  const standing = standingFacts(files, { root, outputs: outputs.map(({ path }) => path), startedAt })
  return { ...record, facts: { ...record.facts, ...linkFacts(links, root), ...aboveFacts(used, root), ...standing } }
}

/** A build may work in thousands of directories. */
const manyFolders = 100

/** Where processes worked. */
export const foldersOf = (processes: ObservedJob['processes']): readonly BytePath[] =>
  [...new Set(processes.flatMap(({ cwd }) => cwd ?? []))].slice(0, manyFolders)
