/** Processors, memory, NUMA: proc(5), and the kernel's Documentation/ABI/testing/sysfs-devices-system-cpu. */
import { arch, cpus, totalmem } from 'node:os'
import { type FactSource, type Facts, known } from './fact-source.ts'

export function hardwareFacts(source: FactSource): Facts {
  const first = source.text('/proc/cpuinfo').split('\n\n', 1)[0] ?? ''
  const field = (...names: readonly string[]): string | null =>
    names.map((name) => new RegExp(`^${name}\\s*:\\s*(.*)$`, 'm').exec(first)?.[1]).find(Boolean) ?? null
  return known({
    arch: arch(),
    'cpu.model': field('model name', 'Model', 'cpu model', 'Hardware')?.replace(/\s+/g, ' ') ?? cpus()[0]?.model.trim(),
    'cpu.vendor': field('vendor_id', 'CPU implementer'),
    'cpu.flags': field('flags', 'Features', 'isa'),
    'cpu.microcode': field('microcode'),
    'cpu.threads': countOf(source.text('/sys/devices/system/cpu/online')) ?? cpus().length,
    'cpu.cores': coresOf(source),
    'cpu.sockets': socketsOf(source),
    'numa.nodes': source.list('/sys/devices/system/node').filter((name) => /^node\d+$/.test(name)).length || null,
    'memory.total_bytes': totalmem(),
  })
}

/** `0-3,8` are five. */
export function countOf(list: string): number | null {
  if (!/^\d+(?:-\d+)?(?:,\d+(?:-\d+)?)*$/.test(list)) return null
  return list
    .split(',')
    .map((part) => part.split('-').map(Number) as [number, number?])
    .reduce((sum, [from, to = from]) => sum + to - from + 1, 0)
}

const processors = (source: FactSource): readonly string[] =>
  source.list('/sys/devices/system/cpu').filter((name) => /^cpu\d+$/.test(name))

/** Threads that share a core name the same siblings. */
function coresOf(source: FactSource): number | null {
  const siblings = processors(source).map((name) =>
    source.text(`/sys/devices/system/cpu/${name}/topology/thread_siblings_list`),
  )
  return new Set(siblings.filter(Boolean)).size || null
}

function socketsOf(source: FactSource): number | null {
  const ids = processors(source).map((name) =>
    source.text(`/sys/devices/system/cpu/${name}/topology/physical_package_id`),
  )
  return new Set(ids.filter((id) => id !== '' && id !== '-1')).size || null
}
