/** Hashes on the calling thread, which stays answerable: for few files, and where no thread can be started. */
import type { BytePath, HashAlgorithm, HashedFile } from '@roar/core'
import type { Task } from './hash-task.ts'
import { hashFile, pieceBytes } from './read-file.ts'

/** Events, signals and timers wait no longer than this. */
const sliceMs = 8

export async function inlineHash(
  paths: readonly BytePath[],
  algorithms: readonly HashAlgorithm[],
  { below, signal, progress }: Task,
): Promise<readonly HashedFile[]> {
  const reading = {
    algorithms,
    below,
    buffer: Buffer.allocUnsafe(pieceBytes),
    stopped: () => signal?.aborted === true,
    onBytes: (bytes: number) => progress.add(bytes),
  }
  let sliceEnd = performance.now() + sliceMs
  const results: HashedFile[] = []
  for (const path of paths) {
    const work = hashFile(path, reading)
    let step = work.next()
    for (; ; step = work.next()) {
      if (performance.now() > sliceEnd) {
        await new Promise(setImmediate)
        sliceEnd = performance.now() + sliceMs
      }
      if (step.done) break
    }
    results.push(step.value)
    progress.finish(1)
  }
  return results
}
