/** Can this command be observed here and now? */
import { execFile } from 'node:child_process'
import type { Command, Preflight } from '@roar/core'
import { platformName } from '@roar/native'
import { isWarm, programPath } from './programs.ts'

type Check = Preflight['checks'][number]

/** What each of the daemon's checks means, and the way out when it fails. */
const remedies: Readonly<Record<string, string>> = {
  kernel: 'needs bpf_loop and bpf_find_vma (Linux 5.17): roar run --tracer preload',
  btf: 'needs a kernel built with CONFIG_DEBUG_INFO_BTF, and /sys mounted: roar run --tracer preload',
  capability: 'sudo roar tracer enable ebpf; in a container --cap-add BPF --cap-add PERFMON',
  lockdown:
    'the kernel is locked down in the mode confidentiality, which only a reboot without lockdown=confidentiality changes',
  programs:
    'the kernel refuses the programs: a seccomp filter of the container, or unprivileged user namespace: roar run --tracer preload',
}

/** With a daemon that listens nothing is started and nothing is asked: this is on the way of every run. */
export async function preflight(_command: Command, socket?: string): Promise<Preflight> {
  const native = nativeCheck()
  if (!native.ok) return { ok: false, summary: 'not available', checks: [native] }
  if (isWarm(socket))
    return { ok: true, summary: 'ready', checks: [native, { name: 'daemon', ok: true, detail: 'it listens' }] }
  const checks = [native, ...(await daemonChecks())]
  const ok = checks.every((check) => check.ok)
  return { ok, summary: ok ? 'ready, once its daemon is loaded' : 'not available', checks }
}

function nativeCheck(): Check {
  const path = programPath('roard')
  if (path && programPath('roar-ebpf')) return { name: 'platform', ok: true, detail: platformName() }
  const remedy = 'apt-get install clang libbpf-dev bpftool, then make -C packages/tracer-ebpf/native'
  return { name: 'platform', ok: false, detail: `not built for ${platformName()}`, remedy }
}

async function daemonChecks(): Promise<Check[]> {
  const said = await new Promise<string>((done) =>
    execFile(programPath('roard') as string, ['--check'], { timeout: 10_000 }, (_error, stdout) => done(stdout)),
  )
  const lines = said.split('\n').filter(Boolean)
  if (lines.length === 0) return [{ name: 'daemon', ok: false, detail: 'roard does not start' }]
  return lines.map(toCheck)
}

function toCheck(line: string): Check {
  const [name = '', verdict, ...detail] = line.split(' ')
  const remedy = remedies[name]
  if (verdict === 'ok') return { name, ok: true, detail: detail.join(' ') }
  return { name, ok: false, detail: detail.join(' '), ...(remedy && { remedy }) }
}
