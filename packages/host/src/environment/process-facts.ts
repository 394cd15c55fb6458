/** What a process inherits: locale, time zone, umask, limits, and the share of the machine that it may use. */
import { availableParallelism } from 'node:os'
import { type FactSource, type Facts, known } from './fact-source.ts'

const limits: Readonly<Record<string, string>> = {
  open_files: 'Max open files',
  stack: 'Max stack size',
  address_space: 'Max address space',
  data: 'Max data size',
  locked_memory: 'Max locked memory',
  processes: 'Max processes',
  file_size: 'Max file size',
  core: 'Max core file size',
  cpu_time: 'Max cpu time',
}

/** `parent`: Node raises its own limit of open files when it starts, the command gets that of the process which started both. */
export function processFacts(source: FactSource, parent = process.ppid): Facts {
  const { env } = source
  return known({
    locale: env.LC_ALL || env.LC_CTYPE || env.LANG || 'C',
    'time.zone': env.TZ || zoneOf(source),
    umask: process.umask().toString(8).padStart(4, '0'),
    'cpu.available': availableParallelism(),
    ...limitFacts(source.text(`/proc/${parent}/limits`) || source.text('/proc/self/limits')),
    ...groupFacts(source),
  })
}

/** Soft and hard: `1024:1048576`. */
function limitFacts(text: string): Record<string, string | null> {
  const lines = text.split('\n')
  const found = Object.entries(limits).map(([name, title]) => {
    const line = lines.find((one) => one.startsWith(`${title} `))
    const [soft, hard] = line?.slice(title.length).trim().split(/ +/) ?? []
    return [`limit.${name}`, soft === undefined ? null : `${soft}:${hard}`] as const
  })
  return Object.fromEntries(found)
}

/** Of the control group: https://docs.kernel.org/admin-guide/cgroup-v2.html, and what version 1 called the same. */
function groupFacts(source: FactSource): Record<string, string | null> {
  const group = /^0::(\/.*)$/m.exec(source.text('/proc/self/cgroup'))?.[1] ?? '/'
  const at = `/sys/fs/cgroup${group === '/' ? '' : group}`
  const memory = source.text(`${at}/memory.max`) || source.text('/sys/fs/cgroup/memory/memory.limit_in_bytes')
  const [quota, period] = source.text(`${at}/cpu.max`).split(' ')
  return {
    // Version 1 says "no limit" by the largest number of pages.
    'memory.limit_bytes': /^\d+$/.test(memory) && Number(memory) < 2 ** 60 ? memory : null,
    'cpu.quota': quota && quota !== 'max' ? String(Number(quota) / Number(period)) : null,
  }
}

/** Node's own answer takes 13 ms, all of ICU's zones: only where no file says it. A C library without /etc/localtime works in UTC (tzset(3)). */
function zoneOf(source: FactSource): string {
  const told = source.text('/etc/timezone') || source.link('/etc/localtime').split('/zoneinfo/')[1]
  return told || (source.exists('/etc/localtime') ? Intl.DateTimeFormat().resolvedOptions().timeZone : 'UTC')
}
