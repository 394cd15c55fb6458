/** Can this command be observed here and now? */
import type { Command, Gap, Preflight } from '@roar/core'
import { platformName } from '@roar/native'
import { inspectTarget, type Target } from './inspect-target.ts'
import { libraryPath } from './library.ts'

export const platforms = ['linux-x64', 'linux-arm64', 'darwin-arm64', 'darwin-x64']

export async function preflight(command: Command): Promise<Preflight> {
  const target = inspectTarget(command)
  const checks = [platformCheck(), libraryCheck(), ...targetCheck(target)]
  const gaps = target ? gapsOf(target) : []
  const ok = checks.every((check) => check.ok)
  return { ok, summary: ok ? (gaps.length ? 'sees only its children' : 'ready') : 'not available', checks, gaps }
}

function gapsOf({ gap, callsKernel, path }: Target): Gap[] {
  const code = gap ?? (callsKernel ? 'direct-syscall' : null)
  return code ? [{ code, count: 1, detail: path }] : []
}

function platformCheck(): Preflight['checks'][number] {
  const ok = platforms.includes(platformName())
  return { name: 'platform', ok, detail: ok ? platformName() : `${platformName()}; it runs on ${platforms.join(', ')}` }
}

/** What macOS protects runs all the same, and only its children are lost: no reason to refuse. */
function targetCheck(target: Target | null): Preflight['checks'] {
  if (target?.gap !== 'protected-program') return []
  const instead = 'run a copy from Homebrew, pyenv or a virtual environment instead'
  const detail = `${target.path} is protected by macOS: it and whatever it starts go unseen; ${instead}`
  return [{ name: 'program', ok: true, detail }]
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
