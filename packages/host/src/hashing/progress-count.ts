/** Adds up what was hashed, and tells it at most ten times a second. */
import type { HashOptions } from '@roar/core'
import type { Found } from './cached-digests.ts'

const everyMs = 100

export class ProgressCount {
  readonly #tell: HashOptions['onProgress']
  readonly #totalFiles: number
  readonly #totalBytes: number
  #files: number
  #bytes: number
  #last = 0

  constructor(totalFiles: number, found: Found, tell: HashOptions['onProgress']) {
    this.#tell = tell
    this.#totalFiles = totalFiles
    this.#totalBytes = found.totalBytes
    this.#files = found.known.size
    this.#bytes = found.knownBytes
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

  #maybeTell(): void {
    const now = performance.now()
    if (!this.#tell || now - this.#last < everyMs) return
    this.#last = now
    const files = Math.min(this.#files, this.#totalFiles)
    const totalBytes = Math.max(this.#totalBytes, this.#bytes)
    this.#tell({ files, totalFiles: this.#totalFiles, bytes: this.#bytes, totalBytes })
  }
}
