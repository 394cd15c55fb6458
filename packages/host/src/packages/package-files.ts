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
} from '@roar/core'
import { VerdictMemory } from './verdict-memory.ts'

export function createPackageFiles(hashes: Pick<HashService, 'hash'>, memoryFile: string): PackageFilePort {
  return {
    async modified(files, signal) {
      const memory = new VerdictMemory(memoryFile)
      const keyOf = keys()
      const unknown = new Map<string, Question>()
      for (const file of files) {
        const key = keyOf(file)
        if (key !== null && !memory.has(key)) unknown.set(key, { file, key })
      }
      const { right, wrong } = await compare([...unknown.values()], hashes, signal)
      memory.add(right)
      return wrong
    },
  }
}

interface Question {
  readonly file: RecordedFile
  readonly key: string
}

interface Verdicts {
  readonly right: readonly string[]
  readonly wrong: ReadonlySet<BytePath>
}

async function compare(
  questions: readonly Question[],
  hashes: Pick<HashService, 'hash'>,
  signal: AbortSignal,
): Promise<Verdicts> {
  const right: string[] = []
  const wrong = new Set<BytePath>()
  for (const [algorithm, group] of byAlgorithm(questions)) {
    const found = await hashes.hash(
      group.map(({ file }) => file.record.file),
      { algorithms: [algorithm], signal },
    )
    for (const [i, { file, key, digest }] of group.entries()) {
      const { digests } = found[i] as HashedFile
      if (digests?.[algorithm] === digest) right.push(key)
      else if (digests && stillAsUsed(file, found[i] as HashedFile)) wrong.add(file.record.file)
    }
  }
  return { right, wrong }
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
