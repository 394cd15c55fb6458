/** The back end's entry in the registry of tracers. */
import type { TracerBackend, TracerCapabilities } from '@roar/core'
import { recoverByLog } from '@roar/tracer-log'
import { changeRights } from './change-rights.ts'
import { preflight } from './preflight.ts'
import { askedSocket, isWarm } from './programs.ts'
import { isTracked, trace } from './trace.ts'

const capabilities: TracerCapabilities = {
  platforms: ['linux-x64'],
  privileges: 'capabilities',
  seesStatic: true,
  seesSetId: true,
  seesDirectSyscalls: true,
  seesIoUring: true,
  survivesEnvironmentScrub: true,
  holdsDestruction: false,
  overhead: 'low',
}

/** `socket`: of a daemon of one's own, beside the machine's; as users name it by ROAR_EBPF_SOCKET. */
export function createTracer({ socket = askedSocket() }: { readonly socket?: string } = {}): TracerBackend {
  return {
    name: 'ebpf',
    version: '0.1.0',
    capabilities,
    preflight: (command) => preflight(command, socket),
    isWarm: () => isWarm(socket),
    trace: (command, sink) => trace(command, sink, socket),
    enable: () => changeRights('--enable'),
    disable: () => changeRights('--disable'),
    recover: (runDirectory, sink) => recoverByLog(runDirectory, sink, isTracked),
  }
}
