/**
 * Can this command be observed here and now? Nothing is tried: the supervisor finds out when it starts, and what it cannot do is left to the library. A trial
 * would cost every run what starting a program costs.
 */
import { readFileSync } from 'node:fs'
import type { Command, Gap, Preflight } from '@roar/core'
import { platformName } from '@roar/native'
import { libraryPath, supervisorPath } from './native.ts'

type Check = Preflight['checks'][number]

const platforms = ['linux-x64', 'linux-arm64']

export async function preflight(_command: Command): Promise<Preflight> {
  const checks = [
    platformCheck(),
    partCheck('library', 'tracer-preload', libraryPath()),
    partCheck('supervisor', 'tracer-ptrace', supervisorPath()),
    filterCheck(),
  ]
  const ok = checks.every((check) => check.ok)
  const gaps = ok ? privilegeGap() : []
  const summary = !ok
    ? 'not available'
    : gaps.length > 0
      ? 'set-id programs would run without their privilege'
      : 'ready'
  return { ok, summary, checks, gaps, ...(gaps.length > 0 && { harm: summary }) }
}

function platformCheck(): Check {
  const ok = platforms.includes(platformName())
  return { name: 'platform', ok, detail: ok ? platformName() : `${platformName()}; it runs on ${platforms.join(', ')}` }
}

function partCheck(name: string, owner: string, path: string | null): Check {
  if (path) return { name, ok: true, detail: path }
  return { name, ok: false, detail: `none was built for ${platformName()}`, remedy: `make -C packages/${owner}/native` }
}

/** A sandbox that lets nobody install a filter leaves this much to see; a filter of one's own is no obstacle by itself. */
function filterCheck(): Check {
  const ok = statusWord('Seccomp') !== ''
  return ok
    ? { name: 'filter', ok, detail: 'the kernel takes filters' }
    : { name: 'filter', ok, detail: 'the kernel has no seccomp filters', remedy: 'roar run --tracer preload' }
}

/**
 * Whoever is not privileged may install a filter only by giving up, for the whole tree, what set-id programs would gain: sudo inside the job would fail. So
 * `auto` takes another back end then, unless nothing is left to give up (seccomp(2), no_new_privs).
 */
function privilegeGap(): Gap[] {
  const mayFilter = (BigInt(`0x${statusWord('CapEff') || '0'}`) >> 21n) & 1n
  if (mayFilter || statusWord('NoNewPrivs') === '1') return []
  return [{ code: 'set-id', count: 1, detail: 'every set-id program of the tree' }]
}

function statusWord(name: string): string {
  try {
    const found = new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(readFileSync('/proc/self/status', 'latin1'))
    return found?.[1] ?? ''
  } catch {
    return ''
  }
}
