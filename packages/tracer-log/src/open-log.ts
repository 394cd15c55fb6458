/** Makes the log of a run. */
import { RoarError } from '@roar/core'
import { createLog } from '@roar/trace-protocol'

/** Bytes. The file is sparse: only what is written takes room. Smaller where a limit on file sizes is set. */
const capacities = [2 ** 33, 2 ** 30, 2 ** 26]

/** Its descriptor. Throws ROAR_RUN_DIRECTORY. */
export function openLog(path: string): number {
  let refusal: NodeJS.ErrnoException | undefined
  for (const capacity of capacities) {
    try {
      return createLog(path, capacity, process.pid)
    } catch (error) {
      refusal = error as NodeJS.ErrnoException
      if (refusal.code !== 'EFBIG') break
    }
  }
  throw new RoarError('ROAR_RUN_DIRECTORY', `the log of the run cannot be made: ${path}`, {
    cause: `The system says: ${refusal?.message}`,
    remedy: ['df -h /dev/shm', 'ulimit -f unlimited'],
    exitCode: 125,
  })
}
