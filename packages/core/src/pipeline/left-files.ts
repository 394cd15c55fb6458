/**
 * How a job whose recorder died left its files. The record is made later, and what has been written since must not pass for the job's: bytes count only
 * of the file that the log knows by that name, if it was last changed before the job ended, or has the size and time that the log has from its last
 * closing. Both in the clock of the file systems: a write in the tick of the end (10 ms at the most) counts as the job's.
 */
import { accessBits as bit, type RenameEvent, type TraceEvent } from '@roar/trace-protocol'
import type { BytePath } from '../byte-path.ts'
import type { JobOutcome, OutputEdge } from '../model.ts'
import { isDirectory } from '../observe/file-node.ts'
import type { FilePort } from '../ports.ts'
import { absoluteIn } from './relative-path.ts'

interface Left {
  readonly file: string
  /** Null while nobody has closed it. */
  readonly version: string | null
}

export class LeftFiles {
  readonly #files = new Map<BytePath, Left>()
  readonly #endedNs: bigint | null

  constructor(endedNs: bigint | null) {
    this.#endedNs = endedNs
  }

  note(event: TraceEvent): void {
    if (event.type === 'settled') this.#files.set(event.path as BytePath, leftOf(event))
    else if (event.type === 'file' && event.access & wrote)
      this.#files.set(event.path as BytePath, { file: fileOf(event), version: null })
    else if (event.type === 'unlink') this.#files.delete(event.path as BytePath)
    else if (event.type === 'link') this.#files.set(event.to as BytePath, leftOf(event))
    else if (event.type === 'rename') this.#rename(event)
  }

  #rename(event: RenameEvent): void {
    const [from, to] = [event.from as BytePath, event.to as BytePath]
    // A job may rename a hundred thousand files: only a directory takes others with it. 0: unknown.
    if (event.mode === 0 || isDirectory(event.mode)) this.#renameBelow(from, to)
    this.#files.delete(from)
    this.#files.set(to, leftOf(event))
  }

  #renameBelow(from: BytePath, to: BytePath): void {
    for (const [path, left] of [...this.#files]) {
      if (!path.startsWith(`${from}/`)) continue
      this.#files.delete(path)
      this.#files.set(`${to}${path.slice(from.length)}` as BytePath, left)
    }
  }

  isAsLeft(path: BytePath, files: Pick<FilePort, 'state'>): boolean {
    const left = this.#files.get(path)
    const now = left === undefined ? null : files.state(path)
    if (!left || !now || fileOf(now) !== left.file) return false
    const isOlder = this.#endedNs !== null && now.ctimeNs <= this.#endedNs
    return isOlder || versionOf(now) === left.version
  }

  /** Of a composite: whatever the job left in its folder. */
  areAsLeft(folder: BytePath, files: Pick<FilePort, 'state'>): boolean {
    const below = [...this.#files.keys()].filter((path) => path.startsWith(`${folder}/`))
    return below.length > 0 && below.every((path) => this.isAsLeft(path, files))
  }
}

type Stamped = { readonly [name in 'dev' | 'ino' | 'size' | 'mtimeNs']: bigint | number }

const wrote = bit.created | bit.written | bit.truncated | bit.appended | bit.mayWrite
const fileOf = ({ dev, ino }: Stamped): string => `${dev}:${ino}`
const versionOf = ({ size, mtimeNs }: Stamped): string => `${size}:${mtimeNs}`
const leftOf = (event: Stamped): Left => ({ file: fileOf(event), version: versionOf(event) })

/** The outputs with the digests of those alone that are still as the job left them. */
export function onlyAsLeft(
  outcome: JobOutcome,
  root: BytePath,
  left: LeftFiles,
  files: Pick<FilePort, 'state'>,
): JobOutcome {
  const isStill = (edge: OutputEdge): boolean => {
    const path = absoluteIn(root, edge.path)
    if (edge.kind === 'file') return left.isAsLeft(path, files)
    const isFolder = ((files.state(path)?.mode ?? 0) & 0o170000) === 0o040000
    return left.areAsLeft(isFolder ? path : (path.slice(0, path.lastIndexOf('/')) as BytePath), files)
  }
  const outputs = outcome.outputs.map((edge) =>
    edge.reason !== null || isStill(edge) ? edge : { ...edge, digests: {}, reason: 'changed-since' as const },
  )
  return { ...outcome, outputs }
}
