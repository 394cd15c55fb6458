/** What a killed recorder left behind. */
import type { TracerBackend } from '@roar/core'
import { hasMark } from '@roar/trace-protocol'
import { logPath, recoverByLog } from '@roar/tracer-log'
import { libraryPath } from './library.ts'

export const recover: NonNullable<TracerBackend['recover']> = (runDirectory, sink) => {
  const log = logPath(runDirectory)
  const library = libraryPath()
  return recoverByLog(runDirectory, sink, hasMark([library ?? log, log]), library)
}
