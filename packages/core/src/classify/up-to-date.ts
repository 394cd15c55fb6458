/** Files are asked about while the job runs, and an installer changes whose they are: what rests on looks at such files is asked anew behind it. */
import type { BytePath } from '../byte-path.ts'
import type { Look } from '../contracts.ts'
import type { ObservedJob } from '../observe/observed.ts'
import type { Classifier } from './classified.ts'

type Changes = Pick<ObservedJob, 'outputs' | 'temporary' | 'deleted' | 'linked' | 'movedTrees'>

export async function upToDate(classifier: Classifier, job: Changes): Promise<Classifier> {
  const { renewed, probe } = classifier
  if (renewed === undefined || probe.looks === undefined) return classifier
  const looks = new Map([...probe.looks()].map((look) => [look.path, look.as]))
  return looks.size > 0 && hasChanged(job, looks) ? renewed() : classifier
}

function hasChanged(job: Changes, looks: ReadonlyMap<BytePath, Look['as']>): boolean {
  // What lay in a directory that was moved is in no list.
  if (job.movedTrees.length > 0) return true
  const above = new Map<string, boolean>()
  for (const path of changedBy(job)) if (looks.has(path) || wasSeenFrom(path, looks, above)) return true
  return false
}

function* changedBy({ outputs, temporary, deleted, linked }: Changes): Generator<BytePath> {
  for (const { path, names } of [...outputs, ...linked]) {
    yield path
    yield* names
  }
  yield* temporary
  yield* deleted
}

/** Of the directories above it, one that was listed may have another entry now, and one that was missing is there. */
function wasSeenFrom(path: string, looks: ReadonlyMap<string, Look['as']>, above: Map<string, boolean>): boolean {
  const directory = path.slice(0, path.lastIndexOf('/'))
  if (directory === '') return false
  const known = above.get(directory)
  if (known !== undefined) return known
  const look = looks.get(directory)
  const seen = look === 'state' || look === 'missing' || wasSeenFrom(directory, looks, above)
  above.set(directory, seen)
  return seen
}
