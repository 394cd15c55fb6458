/** The back end's entry in the registry of tracers. */
import type { TracerBackend, TracerCapabilities } from '@roar/core'
import { hasMark, isFiltered } from '@roar/trace-protocol'
import { logPath, recoverByLog } from '@roar/tracer-log'
import { libraryPath } from './native.ts'
import { preflight } from './preflight.ts'
import { trace } from './trace.ts'

const capabilities: TracerCapabilities = {
  platforms: ['linux-x64', 'linux-arm64'],
  privileges: 'none',
  seesStatic: true,
  seesSetId: false,
  seesDirectSyscalls: true,
  seesIoUring: false,
  survivesEnvironmentScrub: true,
  holdsDestruction: true,
  overhead: 'low',
}

export function createTracer(): TracerBackend {
  return {
    name: 'hybrid',
    version: '0.1.0',
    capabilities,
    preflight,
    trace,
    recover: (runDirectory, sink) => {
      const log = logPath(runDirectory)
      const library = libraryPath()
      const carries = hasMark([library ?? log, log])
      return recoverByLog(runDirectory, sink, (pid) => isFiltered(pid) || carries(pid), library)
    },
  }
}
