/** Can this command be observed here and now? */
import { execFile } from 'node:child_process'
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Command, Gap, Preflight } from '@roar/core'
import { platformName } from '@roar/native'
import { supervisorPath } from './supervisor.ts'

type Check = Preflight['checks'][number]

const platforms = ['linux-x64', 'linux-arm64']

/** What each trial of the supervisor's means, and the way out when it fails. */
const trials: Readonly<Record<string, { readonly ok: string; readonly remedy: string }>> = {
  filter: {
    ok: 'the kernel takes a filter with a listener',
    remedy: 'needs Linux 5.5 or newer, and no other filter with a listener: roar run --tracer preload',
  },
  reach: {
    ok: "other processes' descriptors can be asked",
    remedy: 'sudo sysctl kernel.yama.ptrace_scope=0, or run as root, or with --cap-add SYS_PTRACE in a container',
  },
  stops: {
    ok: 'calls are seen by ptrace(2), more slowly; programs that trace others (strace, gdb) fail inside',
    remedy: 'roar run --tracer preload; in a container --cap-add SYS_PTRACE',
  },
}

/** The supervisor tries for itself: neither a kernel's version nor its settings tell. */
export async function preflight(command: Command): Promise<Preflight> {
  const platform = platformCheck()
  const checks = platform.ok ? [platform, ...(await supervisorChecks())] : [platform]
  const ok = checks.every((check) => check.ok)
  const slow = checks.some((check) => check.name === 'stops')
  const summary = !ok ? 'not available' : slow ? 'ready, by the slower way' : 'ready'
  const gaps = ok ? setIdGap(command) : []
  const harm = gaps.length > 0 ? 'the command would run without the privilege that its file gives' : undefined
  return { ok, summary, checks, gaps, ...(harm !== undefined && { harm }) }
}

function platformCheck(): Check {
  const ok = platforms.includes(platformName())
  return { name: 'platform', ok, detail: ok ? platformName() : `${platformName()}; it runs on ${platforms.join(', ')}` }
}

async function supervisorChecks(): Promise<Check[]> {
  const path = supervisorPath()
  const remedy = 'make -C packages/tracer-ptrace/native'
  if (!path) return [{ name: 'supervisor', ok: false, detail: `none was built for ${platformName()}`, remedy }]
  const said = await new Promise<string>((done) =>
    execFile(path, ['--check'], { timeout: 5000 }, (_error, stdout) => done(stdout)),
  )
  const lines = said.split('\n').filter(Boolean)
  if (lines.length === 0) return [{ name: 'supervisor', ok: false, detail: `${path} does not start`, remedy }]
  return [{ name: 'supervisor', ok: true, detail: path }, ...enough(lines.map(trialCheck))]
}

/** Where calls can be seen by stops of ptrace(2), what the quicker way lacks is no fault. */
function enough(tried: readonly Check[]): readonly Check[] {
  const stops = tried.find((check) => check.name === 'stops')
  const lacks = tried.filter((check) => !check.ok && check !== stops).map((check) => `${check.name}: ${check.detail}`)
  return stops?.ok ? [{ ...stops, detail: `${stops.detail}; ${lacks.join('; ')}` }] : tried
}

function trialCheck(line: string): Check {
  const blank = line.indexOf(' ')
  const name = line.slice(0, blank)
  const result = line.slice(blank + 1)
  const trial = trials[name]
  if (result === 'ok') return { name, ok: true, detail: trial?.ok ?? result }
  return { name, ok: false, detail: result, ...(trial && { remedy: trial.remedy }) }
}

/** Without privileges of our own the filter takes away what a set-id program would gain. */
function setIdGap({ argv, cwd, env }: Command): Gap[] {
  const name = argv[0] ?? ''
  if (process.geteuid?.() === 0) return []
  const places = name.includes('/') ? [cwd] : (env.PATH ?? '/usr/local/bin:/bin:/usr/bin').split(':')
  const found = places.map((place) => resolve(cwd, place, name)).find((path) => modeOf(path) & 0o111)
  if (found === undefined || !(modeOf(found) & 0o6000)) return []
  return [{ code: 'set-id', count: 1, detail: found }]
}

function modeOf(path: string): number {
  try {
    return statSync(path).mode
  } catch {
    return 0
  }
}
