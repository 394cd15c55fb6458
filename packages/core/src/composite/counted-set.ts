/**
 * Whether files that nothing but their numbers hold together are one thing to a job: `o1.csv`, `o2.csv` may be parts of a data set, or steps of a pipeline.
 * What was made one from another, or by unlike commands, is no set; what some job has made as a set is one.
 */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile } from '../classify/classified.ts'
import type { ArtifactUse, JobRow } from '../store.ts'
import { inside, isMade, type UsesAt } from './formed.ts'
import type { Group } from './gather.ts'

export interface Together {
  readonly input: boolean
  readonly output: boolean
}

/** So many members are asked about: the first ones. */
const mostAsked = 64

/** `then`, `now`: members before and behind the job. */
export async function together(
  group: Group,
  then: readonly BytePath[],
  now: readonly BytePath[],
  usesAt: UsesAt,
): Promise<Together> {
  const made = outputs(await usesAt(group.name))
  if (made.some(({ artifact }) => artifact?.kind === 'composite')) return { input: true, output: true }
  return { input: await isOneInput(group, then, usesAt), output: await isOneOutput(group, now, usesAt) }
}

async function isOneInput(group: Group, then: readonly BytePath[], usesAt: UsesAt): Promise<boolean> {
  const { reads, writes } = group
  if (reads.length === 0 || then.length < 2) return false
  if (reads.length < then.length && writes.some(isMade)) return false
  const makers = await makersOf(reads, usesAt)
  return makers.jobs.size === 0 || (reads.length > 1 && !makers.isChain && areAlike([...makers.jobs.values()]))
}

async function isOneOutput({ reads, writes, links, found }: Group, now: readonly BytePath[], usesAt: UsesAt) {
  if (isChain(writes)) return false
  const written = new Set([...writes, ...links].map(({ path }) => inside({ found }, path)))
  const others = now.filter((path) => !written.has(path))
  if (others.length === 0) return written.size > 1
  if (
    writes.some(isMade) ||
    links.some(({ replaced }) => !replaced) ||
    reads.some(({ path }) => !written.has(inside({ found }, path)))
  )
    return false
  const members = now.map((path) => ({ path: `${found.root}/${path}` as BytePath }))
  return (await makersOf(members, usesAt)).jobs.size === 0
}

/** One was read back before the last was begun, and the last was not. Of two a shell begins the second first: `sort o1 > o2`. */
function isChain(writes: readonly ClassifiedFile[]): boolean {
  const ordered = [...writes].sort((a, b) => (a.place ?? 0) - (b.place ?? 0))
  const last = ordered.pop()
  if (!last || last.readBackAt !== undefined || ordered.length === 0) return false
  const latest = ordered.length === 1 ? Number.POSITIVE_INFINITY : (last.place ?? 0)
  return ordered.some(({ readBackAt }) => readBackAt !== undefined && readBackAt <= latest)
}

interface Makers {
  readonly jobs: ReadonlyMap<number, JobRow>
  /** One of them has read what another has made. */
  readonly isChain: boolean
}

/** Of those files that jobs have made as files. */
async function makersOf(files: readonly { readonly path: BytePath }[], usesAt: UsesAt): Promise<Makers> {
  const jobs = new Map<number, JobRow>()
  const readers = new Set<number>()
  for (const { path } of files.slice(0, mostAsked)) {
    const uses = await usesAt(path)
    const [newest] = outputs(uses)
    if (newest) jobs.set(newest.job.id, newest.job)
    for (const { role, job } of uses) if (role === 'input' && job.id !== newest?.job.id) readers.add(job.id)
  }
  return { jobs, isChain: [...jobs.keys()].some((id) => readers.has(id)) }
}

const outputs = (uses: readonly ArtifactUse[]): readonly ArtifactUse[] => uses.filter(({ role }) => role === 'output')

/** The same command but for the numbers in it. */
const areAlike = (jobs: readonly JobRow[]): boolean =>
  new Set(jobs.map(({ argv }) => JSON.stringify(argv).replace(/\d+/g, '#'))).size === 1
