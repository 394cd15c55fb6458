/** Finds what a REF names: a step, a session, a job's uid, a digest or a path. What could be two things is refused with the list. */
import { type BytePath, fromString, isUrl, type LineageStore, parseStepName, RoarError, stepName } from '@roar/core'
import { withoutSecrets } from '@roar/host'
import { visible } from '../output/escape.ts'
import { typedPaths } from '../words/typed-path.ts'
import { describeReference } from './describe.ts'
import { parseDigest } from './digest.ts'
import { byContent, withMakers } from './made-elsewhere.ts'
import { memberAtPath } from './member-at-path.ts'
import type { Reference } from './reference.ts'
import type { ReferenceRoom } from './room.ts'
import { currentSession, findSession } from './session.ts'
import { unknownReference } from './unknown.ts'
import { workspacePaths } from './workspace-path.ts'

export async function resolveReference(room: ReferenceRoom, text: string): Promise<Reference> {
  if (text === '') throw emptyReference()
  if (text.startsWith('@')) return { is: 'job', job: await findStep(room.store, text) }
  if (text.startsWith('session:')) return { is: 'session', session: await findSession(room.store, text.slice(8)) }
  const found = text.includes('/') ? await asPath(room, text) : await everything(room, text)
  if (found.length === 0)
    return (await asMember(room, text)) ?? (await asContent(room, text)) ?? refused(await unknownReference(room, text))
  if (found.length > 1) throw ambiguous(text, found)
  return found[0] as Reference
}

async function findStep(store: LineageStore, text: string) {
  const step = parseStepName(text)
  if (step === null) {
    throw new RoarError('ROAR_REF_UNKNOWN', `'${visible(text)}' is no step.`, {
      remedy: ['Steps are written @3, build steps @B1.'],
    })
  }
  const session = await currentSession(store)
  const [job] = await store.executions(session.id, step, 1)
  if (job) return job
  const [newest] = await store.jobs({ session: session.id, kind: step.kind, limit: 1 })
  const cause = newest
    ? `The newest ${step.kind} step is ${stepName(newest.step)}.`
    : `The session has no ${step.kind} steps.`
  throw new RoarError('ROAR_REF_UNKNOWN', `There is no step ${stepName(step)} in the current session.`, {
    cause,
    remedy: ['roar log lists the steps'],
  })
}

async function everything(room: ReferenceRoom, text: string): Promise<readonly Reference[]> {
  const [jobs, artifacts, paths] = await Promise.all([
    asUid(room.store, text),
    asDigest(room.store, text),
    asPath(room, text),
  ])
  return [...jobs, ...artifacts, ...paths]
}

async function asUid(store: LineageStore, text: string): Promise<readonly Reference[]> {
  if (!/^[0-9a-f]{4,8}$/i.test(text)) return []
  return (await store.jobsByUid(text.toLowerCase())).map((job) => ({ is: 'job', job }))
}

async function asDigest(store: LineageStore, text: string): Promise<readonly Reference[]> {
  const digest = await parseDigest(text)
  if (digest === null) return []
  const rows = await store.artifactsByDigest(digest.value, digest.algorithm)
  return rows.map((artifact) => ({ is: 'artifact', artifact }))
}

const pathsOf = ({ root, directory }: ReferenceRoom, text: string): readonly BytePath[] =>
  isUrl(text) ? [fromString(withoutSecrets(text))] : workspacePaths(root, directory, text)

/** Of the ways to read what was typed, the first that is recorded. */
async function asPath(room: ReferenceRoom, text: string): Promise<readonly Reference[]> {
  for (const path of pathsOf(room, text)) {
    const uses = await room.store.artifactsAtPath(path)
    if (uses.length > 0) return [{ is: 'path', path, uses: await withMakers(room.store, uses) }]
  }
  return []
}

async function asMember(room: ReferenceRoom, text: string): Promise<Reference | null> {
  for (const path of pathsOf(room, text)) {
    const found = await memberAtPath(room.store, path)
    if (found) return found
  }
  return null
}

async function asContent(room: ReferenceRoom, text: string): Promise<Reference | null> {
  if (isUrl(text)) return null
  const typed = typedPaths(room.directory, text)
  for (const [at, path] of workspacePaths(room.root, room.directory, text).entries()) {
    const digests = await room.digestsOf(typed[at] as BytePath)
    if (digests) return byContent(room.store, path, digests)
  }
  return null
}

const emptyReference = (): RoarError =>
  new RoarError('ROAR_USAGE', 'The word for what is meant is empty.', {
    exitCode: 2,
    cause: 'A variable without a value, perhaps.',
  })

function refused(error: RoarError): never {
  throw error
}

const ambiguous = (text: string, found: readonly Reference[]): RoarError =>
  new RoarError('ROAR_REF_AMBIGUOUS', `'${visible(text)}' could mean ${found.length} things.`, {
    cause: found.map(describeReference).join('\n'),
    remedy: ['Give more digits, or write a path with a / (./name).'],
    data: { matches: found.map(describeReference) },
  })
