/** `roar.doctor/1`: everything that roar needs, tried out. */
import { isRoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Check } from '../output/views/checks.ts'
import { machineChecks } from './machine.ts'
import { nativeChecks } from './native.ts'

export interface DoctorDocument {
  readonly schema: 'roar.doctor/1'
  readonly ok: boolean
  readonly checks: readonly Check[]
}

type Examination = (services: Services) => Promise<readonly Check[]>

const examinations: Readonly<Record<string, Examination>> = {
  machine: machineChecks,
  'native parts': nativeChecks,
  workspace,
  plugins,
  tracers,
  database,
}

export async function examine(services: Services): Promise<DoctorDocument> {
  const checks: Check[] = []
  for (const [name, examination] of Object.entries(examinations)) {
    const found = await examination(services).catch((error) => failed(name, error))
    // Without a workspace there is no database either: one cause is said once.
    if (!found.every((check) => checks.some((said) => !said.ok && said.detail === check.detail))) checks.push(...found)
  }
  return { schema: 'roar.doctor/1', ok: checks.every((check) => check.ok), checks }
}

const failed = (name: string, error: unknown): readonly Check[] => [
  {
    name,
    ok: false,
    detail: error instanceof Error ? error.message : String(error),
    remedy: (isRoarError(error) && error.remedy[0]) || null,
  },
]

const fine = (name: string, detail: string): Check => ({ name, ok: true, detail, remedy: null })

async function workspace(services: Services): Promise<readonly Check[]> {
  return [fine('workspace', (await services.get('workspace')).root)]
}

async function plugins(services: Services): Promise<readonly Check[]> {
  const host = await services.get('plugins')
  const kinds = ['tracers', 'hashes', 'detectors', 'stores', 'registries', 'storages'] as const
  const checks: Check[] = []
  for (const kind of kinds) {
    const names = host.contributions(kind).map((one) => one.name)
    for (const name of names) await host.load(kind, name)
    checks.push(fine(kind, names.join(', ')))
  }
  return checks
}

async function tracers(services: Services): Promise<readonly Check[]> {
  const { reportTracers } = await import('../tracers/report-tracers.ts')
  const document = await reportTracers(services, ['true'])
  return document.tracers.map((tracer) => ({
    name: `tracer ${tracer.name}`,
    ok: tracer.ok,
    detail: tracer.summary,
    remedy: tracer.checks.find((check) => !check.ok)?.remedy ?? null,
  }))
}

async function database(services: Services): Promise<readonly Check[]> {
  const store = await services.get('storeReader')
  const faults = await store.check()
  const counts = Object.entries(await store.statistics()).map(([table, rows]) => `${rows} ${table}`)
  if (faults.length === 0) return [fine('database', counts.join(', '))]
  return faults.map((fault) => ({
    name: 'database',
    ok: false,
    detail: fault,
    remedy: 'Keep a copy of .roar/roar.db, then restore it from a backup.',
  }))
}
