/** The back end's entry in the registry of tracers. */
import type { TracerBackend, TracerCapabilities } from '@roar/core'
import { platforms, preflight } from './preflight.ts'
import { recover } from './recover.ts'
import { trace } from './trace.ts'

const capabilities: TracerCapabilities = {
  platforms,
  privileges: 'none',
  seesStatic: false,
  seesSetId: false,
  seesDirectSyscalls: false,
  seesIoUring: false,
  survivesEnvironmentScrub: true,
  holdsDestruction: true,
  overhead: 'low',
}

export function createTracer(): TracerBackend {
  return { name: 'preload', version: '0.1.0', capabilities, preflight, trace, recover }
}
