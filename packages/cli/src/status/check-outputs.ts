/** Are a session's outputs still on disk as they were recorded? Asks the file system first, and reads bytes only where that leaves a doubt. */
import { lstatSync, readdirSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import {
  type BytePath,
  type CheckedOutput,
  type Digests,
  fromString,
  type HashedFile,
  type HashService,
  type LineageStore,
  type OutputState,
  toFsPath,
} from '@roar/core'

export interface RecordedOutput {
  readonly path: BytePath
  readonly job: CheckedOutput['job']
  readonly size: number | null
  /** Null also where nobody has asked for it. */
  readonly digest: string | null
  /** Null: no digest is known. */
  readonly artifact: number | null
  readonly kind?: 'file' | 'composite'
}

export interface CheckRoom {
  readonly store: LineageStore
  readonly root: string
  /** Made only when bytes must be read. */
  hashes(): Promise<HashService>
}

export async function checkOutputs(
  room: CheckRoom,
  outputs: readonly RecordedOutput[],
): Promise<readonly CheckedOutput[]> {
  const states: (OutputState | null)[] = []
  const doubtful: RecordedOutput[] = []
  const base = fromString(join(room.root, '/'))
  for (const output of outputs) {
    const state = quickState(below(base, output.path), output)
    states.push(state)
    if (state === null) doubtful.push(output)
  }
  const hashed = doubtful.length === 0 ? new Map() : await compareBytes(room, doubtful)
  return outputs.map(({ path, job, size, digest }, i) => ({
    path,
    job,
    size,
    digest,
    state: states[i] ?? hashed.get(path) ?? 'unknown',
  }))
}

const below = (base: BytePath, path: BytePath): BytePath =>
  path.startsWith('/') ? path : (`${base}${path}` as BytePath)

export const absolute = (root: string, path: BytePath): BytePath => below(fromString(join(root, '/')), path)

/** Null: only the bytes can tell. */
function quickState(path: BytePath, output: RecordedOutput): OutputState | null {
  const now = statOrNull(path)
  // A composite is compared by `roar verify`; here it is enough that it is there, or some of a set of files.
  if (output.kind === 'composite') return now !== null || someOf(path) ? 'present' : 'missing'
  if (now === null) return 'missing'
  if (now.isDirectory()) return 'present'
  if (output.artifact === null) return 'unknown'
  if (!now.isFile()) return null
  if (output.size !== null && now.size !== output.size) return 'changed'
  // No program can set a ctime: a file that has not changed since before its job ended holds what was recorded.
  return output.job.endedAt !== null && now.ctimeMs < output.job.endedAt - clockGrain ? 'present' : null
}

/** Of a set whose name has a star. */
function someOf(path: BytePath): boolean {
  const cut = path.lastIndexOf('/') + 1
  const star = path.indexOf('*', cut)
  if (star < 0) return false
  const [before, after] = [path.slice(cut, star), path.slice(star + 1)]
  return namesIn(path.slice(0, cut) as BytePath).some(
    (name) => name.length > before.length + after.length && name.startsWith(before) && name.endsWith(after),
  )
}

function namesIn(directory: BytePath): readonly string[] {
  try {
    return readdirSync(toFsPath(directory), 'latin1')
  } catch {
    return []
  }
}

/** File systems note times a tick late (CONFIG_HZ=100) and job ends are whole milliseconds. */
const clockGrain = 20

function statOrNull(path: BytePath): Stats | null {
  try {
    return lstatSync(toFsPath(path), { throwIfNoEntry: false }) ?? null
  } catch {
    return null
  }
}

async function compareBytes(
  room: CheckRoom,
  outputs: readonly RecordedOutput[],
): Promise<ReadonlyMap<BytePath, OutputState>> {
  const recorded = await Promise.all(outputs.map((output) => digestsOf(room.store, output)))
  const algorithms = [...new Set(recorded.flatMap((digests) => Object.keys(digests).slice(0, 1)))]
  const hashes = await room.hashes()
  const files = await hashes.hash(
    outputs.map((output) => absolute(room.root, output.path)),
    { algorithms },
  )
  return new Map(outputs.map((output, index) => [output.path, compared(recorded[index] ?? {}, files[index])]))
}

const digestsOf = async (store: LineageStore, output: RecordedOutput): Promise<Digests> =>
  output.artifact === null ? {} : ((await store.artifact(output.artifact))?.digests ?? {})

function compared(recorded: Digests, file: HashedFile | undefined): OutputState {
  const [first] = Object.entries(recorded)
  const found = first && file?.digests?.[first[0]]
  if (!first || !found) return 'unknown'
  return found === first[1] ? 'present' : 'changed'
}
