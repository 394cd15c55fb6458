/** The digests that are known, by the version of the file they belong to. */
import type { FileStamp } from '../contracts.ts'
import type { Digests, NoDigestReason } from '../model.ts'
import type { HashedFile } from '../ports.ts'

export class DigestLedger {
  readonly #known = new Map<string, Digests>()
  readonly #givenUp = new Map<string, NoDigestReason>()

  note(file: HashedFile): void {
    if (file.digests && file.stamp) this.#known.set(versionOf(file.stamp), file.digests)
  }

  /** Why the bytes of this file were given up before they were destroyed. */
  giveUp(file: Pick<FileStamp, 'dev' | 'ino'>, reason: NoDigestReason): void {
    this.#givenUp.set(`${file.dev}:${file.ino}`, reason)
  }

  whyGivenUp(stamp: FileStamp | null): NoDigestReason | null {
    return (stamp && this.#givenUp.get(`${stamp.dev}:${stamp.ino}`)) ?? null
  }

  of(stamp: FileStamp): Digests | null {
    return this.#known.get(versionOf(stamp)) ?? null
  }
}

/**
 * The bytes of a file are those of (device, inode, size, mtime). The change time is left out on purpose: a rename, a new link or a chmod by
 * the job moves it without touching a byte, and a write that puts the mtime back is seen as a write by the tracer itself.
 */
const versionOf = (stamp: FileStamp): string => `${stamp.dev}:${stamp.ino}:${stamp.size}:${stamp.mtimeNs}`

export const sameVersion = (a: FileStamp, b: FileStamp): boolean => versionOf(a) === versionOf(b)
