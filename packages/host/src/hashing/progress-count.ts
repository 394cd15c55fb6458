/** Adds up what was hashed, and tells it at most ten times a second. */
import type { HashOptions } from '@roar/core'

const everyMs = 100

export class ProgressCount {
  readonly #tell: HashOptions['onProgress']
  readonly #totalFiles: number
  #totalBytes: number | null = null
  #files = 0
  #bytes = 0
  #last = 0

  constructor(totalFiles: number, tell: HashOptions['onProgress']) {
    this.#tell = tell
    this.#totalFiles = totalFiles
  }

  get wanted(): boolean {
    return this.#tell !== undefined
  }

  add(bytes: number): void {
    this.#bytes += bytes
    this.#maybeTell()
  }

  finish(files: number): void {
    this.#files += files
    this.#maybeTell()
  }

  /** From now on it is known how many bytes there are beyond those that were hashed. */
  expect(bytes: number): void {
    this.#totalBytes = this.#bytes + bytes
    this.#maybeTell()
  }

  #maybeTell(): void {
    if (!this.#tell) return
    const now = performance.now()
    if (now - this.#last < everyMs) return
    this.#last = now
    // A file that grows, or is hashed again, is more than was expected.
    const totalBytes = this.#totalBytes === null ? null : Math.max(this.#totalBytes, this.#bytes)
    const files = Math.min(this.#files, this.#totalFiles)
    this.#tell({ files, totalFiles: this.#totalFiles, bytes: this.#bytes, totalBytes })
  }
}
