/** `roar.tracers/1`: every active tracer, what it can see, and whether it could observe a command here and now. */
import type { Preflight, TracerBackend } from '@roar/core'
import type { Services } from '../composition/services.ts'

export type TracersDocument = Awaited<ReturnType<typeof reportTracers>>

export async function reportTracers(services: Services, argv: readonly string[]) {
  const plugins = await services.get('plugins')
  const tracers = await Promise.all(plugins.contributions('tracers').map((one) => plugins.load('tracers', one.name)))
  const command = { argv, cwd: services.get('directory'), env: services.get('env'), runDirectory: '/nonexistent' }
  return {
    schema: 'roar.tracers/1' as const,
    tracers: await Promise.all(tracers.map(async (tracer) => described(tracer, await tracer.preflight(command)))),
  }
}

const described = (tracer: TracerBackend, preflight: Preflight) => ({
  name: tracer.name,
  version: tracer.version,
  ok: preflight.ok,
  summary: preflight.summary,
  capabilities: tracer.capabilities,
  checks: preflight.checks.map((check) => ({ ...check, remedy: check.remedy ?? null })),
  gaps: preflight.gaps ?? [],
})
