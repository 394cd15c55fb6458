/** Delta Lake: what the newest version refers to, told by the log. */
import type { BytePath } from '@roar/core'
import { type Directory, parseObject } from '../../directory.ts'
import { type Format, filesMissing, type Said } from '../../format.ts'

const commit = /^_delta_log\/(\d{20})\.json$/
const largestCommit = 64 << 20

export const delta: Format = {
  name: 'delta',
  about: {
    title: 'Delta Lake table',
    recognised: '`_delta_log/` with a commit of 20 digits',
    members:
      'the log, and the files that the newest version refers to: removed ones stay on disk, but are no members. Where the first commits were cleaned away behind a checkpoint, all files',
    whole: 'every file that the newest version refers to is there',
  },
  isRoot: (at) =>
    at.has('_delta_log') && at.list('_delta_log').some((name) => /^\d{20}\.(?:json|checkpoint)/.test(name)),
  members: live,
}

function live(paths: readonly BytePath[], at: Directory): Said {
  const log = paths.filter((path) => path.startsWith('_delta_log/'))
  const commits = log.filter((path) => commit.test(path))
  const gap = firstGap(commits, log)
  if (gap !== null) return { members: null, incomplete: `commit ${gap} is missing` }
  const files = replay(commits, at)
  // Only the whole log tells what is alive.
  if (files === null || !commits.every((path, version) => versionOf(path) === version))
    return { members: null, incomplete: null }
  const { inside, outside } = files
  const there = paths.filter((path) => path.startsWith('_delta_log/') || inside.has(path))
  const lost = inside.size - (there.length - log.length)
  return {
    members: there.filter((path) => !/^_delta_log\/(?:_staged_commits\/|.*\.tmp$|\.tmp)/.test(path)),
    incomplete: lost > 0 ? filesMissing(lost, 'newest version') : null,
    ...(outside.length > 0 && { elsewhere: outside }),
  }
}

const versionOf = (path: BytePath): number => Number(/(\d{20})\./.exec(path)?.[1])

/** A version of which neither a commit nor a later checkpoint tells: the log was copied in part, or while it was written. */
function firstGap(commits: readonly BytePath[], log: readonly BytePath[]): number | null {
  const checkpoints = log.filter((path) => /^_delta_log\/\d{20}\.checkpoint\b/.test(path)).map(versionOf)
  const told = Math.max(-1, ...checkpoints)
  const later = commits.map(versionOf).filter((version) => version > told)
  const at = later.findIndex((version, i) => version !== told + 1 + i)
  return at < 0 ? null : told + 1 + at
}

function replay(commits: readonly BytePath[], at: Directory) {
  const alive = new Map<string, readonly string[]>()
  for (const path of commits) {
    const bytes = at.bytes(path, largestCommit)
    if (bytes === null) return null
    const actions = Buffer.from(bytes).toString('utf8').split('\n').map(parseObject)
    // A commit has no order: the file that gets another deletion vector is removed and added in one.
    for (const action of actions) remove(action, alive)
    for (const action of actions) add(action, alive)
  }
  const all = [...alive.values()].flat()
  return {
    inside: new Set(
      all.filter((one) => !isElsewhere(one)).map((one) => Buffer.from(one, 'utf8').toString('latin1') as BytePath),
    ),
    outside: all.filter(isElsewhere),
  }
}

const isElsewhere = (path: string): boolean => path.startsWith('/') || /^[a-z][a-z0-9+.-]*:/i.test(path)

type Action = Readonly<Record<string, unknown>> | null

function remove(action: Action, alive: Map<string, readonly string[]>): void {
  const path = pathOf(objectOf(action?.remove))
  if (path !== null) alive.delete(path)
}

function add(action: Action, alive: Map<string, readonly string[]>): void {
  const added = objectOf(action?.add)
  const path = pathOf(added)
  if (path !== null) alive.set(path, [path, ...vectorOf(added)])
}

const objectOf = (value: unknown) => parseObject(JSON.stringify(value ?? null))

/** Paths in the log are URLs. */
function pathOf(action: Readonly<Record<string, unknown>> | null): string | null {
  if (typeof action?.path !== 'string') return null
  try {
    return decodeURIComponent(action.path)
  } catch {
    return action.path
  }
}

/** A deletion vector in a file of its own: `u` and a prefix with 20 characters of Z85 at its end, which are a UUID. */
function vectorOf(action: Readonly<Record<string, unknown>> | null): readonly string[] {
  const vector = objectOf(action?.deletionVector)
  const { storageType: kind, pathOrInlineDv: text } = vector ?? {}
  if (kind === 'p' && typeof text === 'string') return [text]
  if (kind !== 'u' || typeof text !== 'string' || text.length < 20) return []
  const prefix = text.slice(0, -20)
  return [`${prefix === '' ? '' : `${prefix}/`}deletion_vector_${uuid(text.slice(-20))}.bin`]
}

const z85 = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-:+=^!/*?&<>()[]{}@%$#'

function uuid(text: string): string {
  const bytes = Buffer.alloc(16)
  for (let i = 0; i < 4; i++) {
    const word = [...text.slice(i * 5, i * 5 + 5)].reduce((sum, char) => sum * 85 + Math.max(0, z85.indexOf(char)), 0)
    bytes.writeUInt32BE(word % 2 ** 32, i * 4)
  }
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}
