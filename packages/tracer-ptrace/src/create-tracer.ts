/** The back end's entry in the registry of tracers. */
import type { TracerBackend, TracerCapabilities } from '@roar/core'
import { isFiltered } from '@roar/trace-protocol'
import { recoverByLog } from '@roar/tracer-log'
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
  overhead: 'medium',
}

/** `ptrace`: the slower way, which is otherwise taken where the kernel gives no listener. */
export function createTracer(mode: 'notify' | 'ptrace' = 'notify'): TracerBackend {
  const words = mode === 'ptrace' ? ['--mode', 'ptrace'] : []
  return {
    name: 'ptrace',
    version: '0.1.0',
    capabilities,
    preflight,
    trace: (command, sink) => trace(command, sink, words),
    recover: (runDirectory, sink) => recoverByLog(runDirectory, sink, isFiltered),
  }
}
