/** `roar.tracers/1`: every active tracer, what it can see, and whether it could observe a command here and now. */
import type { Command, Preflight, TracerBackend } from '@roar/core'
import { chooseTracer, tracerCandidates } from '@roar/host'
import type { Services } from '../composition/services.ts'

export type TracersDocument = Awaited<ReturnType<typeof reportTracers>>

/** `only`: this one alone. */
export async function reportTracers(services: Services, argv: readonly string[], only?: string) {
  const plugins = await services.get('plugins')
  const candidates = tracerCandidates(plugins)
  const asked = candidates.names.filter((name) => only === undefined || name === only)
  const tracers = await Promise.all(asked.map(candidates.load))
  const command = { argv, cwd: services.get('directory'), env: services.get('env'), runDirectory: '/nonexistent' }
  return {
    schema: 'roar.tracers/1' as const,
    tracers: await Promise.all(tracers.map(async (tracer) => described(tracer, await tracer.preflight(command)))),
    auto: only === undefined ? await automatic(candidates, command) : null,
  }
}

/** What `auto` would take, and why; null where none is ready. */
async function automatic(candidates: Parameters<typeof chooseTracer>[0], command: Command) {
  try {
    const { tracer, reason } = await chooseTracer(candidates, { wanted: 'auto', fallback: true }, command)
    return { name: tracer.name, reason }
  } catch {
    return null
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
