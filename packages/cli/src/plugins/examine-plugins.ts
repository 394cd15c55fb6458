/** Loads every contribution and holds it against its contract and the lock; one check a contribution. */
import { type ContributionKind, isRoarError } from '@roar/core'
import type { PluginHost } from '@roar/host'
import type { Services } from '../composition/services.ts'
import type { Check } from '../output/views/checks.ts'

export async function examinePlugins(services: Services) {
  const host = await services.get('plugins')
  const checks: Check[] = []
  for (const plugin of host.list()) {
    for (const { kind, name } of plugin.contributes) checks.push(await loads(host, plugin.name, kind, name))
  }
  return { schema: 'roar.doctor/1' as const, ok: checks.every((check) => check.ok), checks }
}

async function loads(host: PluginHost, plugin: string, kind: ContributionKind, name: string): Promise<Check> {
  try {
    await host.load(kind, name)
    return { name: `${kind} ${name}`, ok: true, detail: plugin, remedy: null }
  } catch (error) {
    // Who reads this has just checked.
    const remedy = (isRoarError(error) && error.remedy.find((one) => one !== 'roar plugin check')) || null
    return { name: `${kind} ${name}`, ok: false, detail: told(error), remedy }
  }
}

function told(error: unknown): string {
  if (!isRoarError(error)) return error instanceof Error ? error.message : String(error)
  return error.why === '' ? error.message : `${error.message}: ${error.why}`
}
