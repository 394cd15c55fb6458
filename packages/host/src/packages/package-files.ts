/** Compares files of packages with what their distributions recorded. What was found right once is not read again while it stays the same. */
import { statSync } from 'node:fs'
import type { RecordedFile } from '@roar/core'
import {
  type BytePath,
  type FileStamp,
  type HashedFile,
  type HashService,
  type PackageFilePort,
  toFsPath,
  type Verdict,
} from '@roar/core'
import { VerdictMemory } from './verdict-memory.ts'

export function createPackageFiles(hashes: Pick<HashService, 'hash'>, memoryFile: string): PackageFilePort {
  return {
    async compare(files, signal) {
      const memory = new VerdictMemory(memoryFile)
      const keyOf = keys()
      const keyed = files.flatMap((file) => {
        const key = keyOf(file)
        return key === null ? [] : [{ file, key }]
      })
      const unknown = new Map(keyed.filter(({ key }) => !memory.has(key)).map((one) => [one.key, one]))
      const found = await judge([...unknown.values()], hashes, signal)
      memory.add([...found].flatMap(([key, verdict]) => (verdict === 'right' ? [key] : [])))
      return new Map(
        keyed.flatMap(({ file, key }) => {
          const verdict = unknown.has(key) ? found.get(key) : 'right'
          return verdict ? [[file, verdict] as const] : []
        }),
      )
    },
  }
}

interface Question {
  readonly file: RecordedFile
  readonly key: string
}

/** By key. */
async function judge(
  questions: readonly Question[],
  hashes: Pick<HashService, 'hash'>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Verdict>> {
  const verdicts = new Map<string, Verdict>()
  for (const [algorithm, group] of byAlgorithm(questions)) {
    const found = await hashes.hash(
      group.map(({ file }) => file.record.file),
      { algorithms: [algorithm], signal },
    )
    for (const [i, { file, key, digest }] of group.entries()) {
      const { digests } = found[i] as HashedFile
      if (digests?.[algorithm] === digest) verdicts.set(key, 'right')
      else if (digests && stillAsUsed(file, found[i] as HashedFile)) verdicts.set(key, 'modified')
    }
  }
  return verdicts
}

type Known = Question & { readonly digest: string }

function byAlgorithm(questions: readonly Question[]): ReadonlyMap<string, readonly Known[]> {
  const groups = new Map<string, Known[]>()
  for (const one of questions) {
    const expected = one.file.record.expected()
    if (expected === null) continue
    const group = groups.get(expected.algorithm) ?? []
    groups.set(expected.algorithm, group)
    group.push({ ...one, digest: expected.digest })
  }
  return groups
}

/** Whoever changed it after the job did not change what the job used. */
const stillAsUsed = ({ path, stamp, record }: RecordedFile, { stamp: now }: HashedFile): boolean =>
  record.file !== path ||
  (now !== null && now.ino === stamp.ino && now.mtimeNs === stamp.mtimeNs && now.size === stamp.size)

/** The file as it was used, and the version of the record: whatever changes makes another key. A record has many files, and is looked at once. */
function keys(): (file: RecordedFile) => string | null {
  const records = new Map<BytePath, string | null>()
  return ({ path, stamp, record }) => {
    const source = record.file === path ? stamp : stampOf(record.file)
    let list = records.get(record.record)
    if (list === undefined) {
      const found = stampOf(record.record)
      list = found && stampText(found)
      records.set(record.record, list)
    }
    return source && list ? `${stampText(source)}/${list}` : null
  }
}

const stampText = ({ dev, ino, size, mtimeNs, ctimeNs }: FileStamp): string =>
  `${dev}:${ino}:${size}:${mtimeNs}:${ctimeNs}`

function stampOf(path: BytePath): FileStamp | null {
  try {
    return statSync(toFsPath(path), { bigint: true })
  } catch {
    return null
  }
}
