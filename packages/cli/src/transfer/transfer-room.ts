/** What a transfer needs, made of the services of the command. */
import { monotonic, RoarError, type Storage } from '@roar/core'
import { schemeOf, type TransferRecorder, withoutSecrets } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'

export async function transferRecorder(services: Services, interrupted: () => boolean): Promise<TransferRecorder> {
  const [workspace, store, git, environment] = await Promise.all([
    services.get('workspace'),
    services.get('storeWriter'),
    services.get('git'),
    services.get('environment'),
  ])
  const clock = { now: () => Date.now(), monotonic }
  return {
    workspace,
    store,
    git,
    environment,
    env: services.get('env'),
    clock,
    directory: services.get('directory'),
    interrupted,
  }
}

export async function storageFor(services: Services, url: string): Promise<Storage> {
  const plugins = await services.get('plugins')
  const scheme = schemeOf(url)
  if (plugins.has('storages', scheme)) return plugins.load('storages', scheme)
  const known = plugins.contributions('storages').map((one) => `${one.name}://`)
  throw new RoarError(
    'ROAR_STORAGE_SCHEME',
    `'${visible(withoutSecrets(url))}' is no URL of a store that is known here.`,
    {
      cause: `Known are: ${known.join(', ')}.`,
      remedy: ['roar plugin add PACKAGE activates another one'],
      exitCode: 2,
    },
  )
}
