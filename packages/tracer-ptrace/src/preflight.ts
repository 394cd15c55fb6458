/** Can this command be observed here and now? */
import type { Command, Preflight } from '@roar/core'
import { platformName, supervisorPath } from './supervisor.ts'

const platforms = ['linux-x64', 'linux-arm64']

export async function preflight(_command: Command): Promise<Preflight> {
  const checks = [platformCheck(), supervisorCheck()]
  const ok = checks.every((check) => check.ok)
  return { ok, summary: ok ? 'ready' : 'not available', checks, gaps: [] }
}

function platformCheck(): Preflight['checks'][number] {
  const ok = platforms.includes(platformName())
  return { name: 'platform', ok, detail: ok ? platformName() : `${platformName()}; it runs on ${platforms.join(', ')}` }
}

function supervisorCheck(): Preflight['checks'][number] {
  const path = supervisorPath()
  if (path) return { name: 'supervisor', ok: true, detail: path }
  return {
    name: 'supervisor',
    ok: false,
    detail: `no supervisor was built for ${platformName()}`,
    remedy: 'make -C packages/tracer-ptrace/native',
  }
}
