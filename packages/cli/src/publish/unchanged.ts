/** A file is registered by what was recorded of it: when its bytes are others by now, publishing that record would mislead. */
import { type BytePath, display, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Reference } from '../references/reference.ts'

export async function requireUnchanged(services: Services, reference: Reference): Promise<void> {
  if (reference.is !== 'path' || reference.path.includes('://')) return
  const recorded = reference.uses.find((use) => use.role === 'output')?.artifact
  if (recorded?.kind !== 'file' || !recorded.digests.blake3) return
  const { rootPath } = await services.get('workspace')
  const path = reference.path.startsWith('/') ? reference.path : (`${rootPath}/${reference.path}` as BytePath)
  const [file] = await (await services.get('hashes')).hash([path], { algorithms: ['blake3'] })
  // One that is gone is not another one.
  if (!file?.digests || file.digests.blake3 === recorded.digests.blake3) return
  const job = reference.uses.find((use) => use.role === 'output')?.job
  throw new RoarError('ROAR_REGISTER_CHANGED', `${display(reference.path)} is not what was recorded.`, {
    cause: 'It was changed outside of roar since.',
    remedy: [`roar register ${job?.uid} publishes what was recorded`, 'roar run COMMAND records how it is made now'],
  })
}
