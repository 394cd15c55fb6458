/** Enables or disables a tracer on this machine, then says how it stands: `roar.tracers/1`, of this one alone. */
import { RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { reportTracers, type TracersDocument } from './report-tracers.ts'

export async function changeTracer(
  services: Services,
  change: 'enable' | 'disable',
  name: string,
): Promise<TracersDocument> {
  const plugins = await services.get('plugins')
  const names = plugins.contributions('tracers').map((one) => one.name)
  if (!names.includes(name)) throw unknownTracer(name, names)
  const tracer = await plugins.load('tracers', name)
  const act = tracer[change]
  if (!act) throw needless(name)
  await act.call(tracer)
  return reportTracers(services, ['true'], name)
}

export const unknownTracer = (name: string, names: readonly string[]): RoarError =>
  new RoarError('ROAR_TRACER_UNKNOWN', `there is no tracer named ${name}`, {
    cause: `Active back ends: ${names.join(', ') || 'none'}.`,
    remedy: ['roar tracer'],
  })

const needless = (name: string): RoarError =>
  new RoarError('ROAR_TRACER_ENABLE', `the tracer ${name} has no rights to be changed`, {
    cause: 'It works with those of whoever uses it.',
    remedy: [`roar tracer check ${name} --command true`],
  })
