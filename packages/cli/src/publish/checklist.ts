/** Could somebody else make this again? Each line says what holds or is missing, and what to do about it. */
import { count } from '../output/humane.ts'
import type { Audit } from './audit.ts'
import type { TagReport } from './tag-commits.ts'

export interface Check {
  readonly name: string
  readonly ok: boolean
  readonly detail: string
  readonly remedy: string | null
}

export interface ChecklistFacts {
  readonly audit: Audit
  readonly tags: TagReport
  /** Where it is published; null before that, and in a dry run. */
  readonly published: string | null
}

export const checklist = (facts: ChecklistFacts): readonly Check[] => [
  committed(facts.audit),
  reachable(facts),
  finished(facts.audit),
  sourced(facts.audit),
  runtime(facts.audit),
  observed(facts.audit),
  digested(facts.audit),
]

function check(name: string, problem: string | null, good: string, remedy: string): Check {
  return { name, ok: problem === null, detail: problem ?? good, remedy: problem === null ? null : remedy }
}

function committed({ dirtyJobs, outsideGit }: Audit): Check {
  const problems = [
    ...(dirtyJobs > 0 ? [`${count(dirtyJobs, 'job')} ran with files that differ from the commit`] : []),
    ...(outsideGit > 0 ? [`${count(outsideGit, 'job')} ran outside of a commit`] : []),
  ]
  const remedy = outsideGit > 0 ? 'git init, commit, and run them again' : 'commit, and run them again'
  return check('code is committed', problems.join('; ') || null, 'every job names a clean commit', remedy)
}

function reachable({ tags, audit }: ChecklistFacts): Check {
  const named = audit.repositories.flatMap((one) => (one.repository === null ? [] : [one.repository]))
  const local = [...new Set([...tags.remotes.map((one) => one.url), ...named])].filter(isLocal)
  const problem = unreachable(tags, local)
  const tagged = `tagged on ${tags.remotes.map((one) => one.url).join(', ')}`
  return check('commits can be fetched', problem, tagged, waysOut(tags))
}

/** What is published names the remote that the tags go to, whichever the jobs were recorded with. */
function waysOut({ policy, remotes, withoutRemote }: TagReport): string {
  if (policy === 'never') return 'roar config set git.push_tags auto'
  const here = remotes.find((one) => isLocal(one.url))
  if (withoutRemote.length > 0 || here === undefined) return 'git remote add origin URL, and register again'
  return `git remote set-url ${here.name} URL, and register again; or --remote NAME, where another remote can be reached`
}

/** As others see it: a directory of this machine is none of theirs. */
const isLocal = (url: string): boolean =>
  !/^(https?|git|ssh|git\+ssh|ssh\+git):\/\//i.test(url) && !/^[\w.-]+@?[\w.-]*:(?!\/\/)/.test(url)

function unreachable(tags: TagReport, local: readonly string[]): string | null {
  if (tags.tags.length === 0) return 'there are no commits'
  if (tags.policy === 'never') return 'git.push_tags is never: the commits were neither tagged nor pushed'
  if (tags.withoutRemote.length > 0) return 'the repository has no remote: the tags are on this machine only'
  return local.length > 0 ? `${local.join(', ')}: a place on this machine, which nobody else can clone` : null
}

const finished = ({ unfinished }: Audit): Check =>
  check(
    'steps have ended well',
    unfinished.length === 0
      ? null
      : `${unfinished.slice(0, 3).join(', ')}${unfinished.length > 3 ? ', …' : ''}: not completed, so not made again`,
    'each was completed',
    'run them again until they succeed',
  )

function sourced({ unsourced }: Audit): Check {
  const named = unsourced.slice(0, 3).join(', ')
  const more = unsourced.length > 3 ? ` and ${count(unsourced.length - 3, 'more', 'more')}` : ''
  const problem = unsourced.length === 0 ? null : `nobody says where ${named}${more} came from`
  const isTemporary = unsourced.some((path) => /^\/(tmp|var\/tmp)\//.test(path))
  const remedy = isTemporary
    ? 'files in /tmp are gone tomorrow: record the job that makes them, or keep them in the repository'
    : 'commit small files; fetch large ones with roar get; record the jobs that make the rest'
  return check('inputs have a source', problem, 'each was made by a job, is in a commit, or has an address', remedy)
}

const runtime = ({ withoutRuntime }: Audit): Check =>
  check(
    'runtime is recorded',
    withoutRuntime === 0 ? null : `of ${count(withoutRuntime, 'job')} neither runtime nor packages are known`,
    'interpreters and packages are part of the record',
    'run them again with this version of roar',
  )

const observed = ({ incomplete }: Audit): Check =>
  check(
    'observation is complete',
    incomplete === 0 ? null : `${count(incomplete, 'job')} may have used files that were not seen`,
    'the tracer saw everything',
    'roar show @N names what was not seen; roar tracer lists tracers that see more',
  )

const digested = ({ undigested }: Audit): Check =>
  check(
    'contents are known',
    undigested === 0 ? null : `${count(undigested, 'file has', 'files have')} no digest`,
    'every file has a digest',
    'roar show @N says why; run the job again when nothing else changes its files',
  )
