/** Can this command be observed here and now? */
import type { Command, Gap, Preflight } from '@roar/core'
import { platformName } from '@roar/native'
import { inspectTarget } from './inspect-target.ts'
import { libraryPath } from './library.ts'

const platforms = ['linux-x64', 'linux-arm64']

export async function preflight(command: Command): Promise<Preflight> {
  const checks = [platformCheck(), libraryCheck()]
  const target = inspectTarget(command)
  const gaps: Gap[] = target?.gap ? [{ code: target.gap, count: 1, detail: target.path }] : []
  const ok = checks.every((check) => check.ok)
  return { ok, summary: ok ? (gaps.length ? 'sees only its children' : 'ready') : 'not available', checks, gaps }
}

function platformCheck(): Preflight['checks'][number] {
  const ok = platforms.includes(platformName())
  return { name: 'platform', ok, detail: ok ? platformName() : `${platformName()}; it runs on ${platforms.join(', ')}` }
}

function libraryCheck(): Preflight['checks'][number] {
  const path = libraryPath()
  if (path) return { name: 'library', ok: true, detail: path }
  return {
    name: 'library',
    ok: false,
    detail: `no library was built for ${platformName()}`,
    remedy: 'make -C packages/tracer-preload/native',
  }
}
