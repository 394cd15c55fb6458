/** What `roar show` does of a workspace, once its words are read. */
import { type AskedPath, isUrl, type LineageStore, pathFields } from '@roar/core'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { show as print } from '../output/views/show.ts'
import { lookUp } from '../references/look-up.ts'
import type { Reference } from '../references/reference.ts'
import { checkOutputs } from '../status/check-outputs.ts'

export async function show(report: Report, services: Services, ref = 'session:current'): Promise<void> {
  const { reference, store } = await lookUp(services, ref)
  await print(report, store, reference, reference.is === 'path' ? await asked(services, store, reference) : null)
}

/** Whoever asks for a file means the one that lies there, which may be another by now. */
async function asked(
  services: Services,
  store: LineageStore,
  { path, uses }: Extract<Reference, { is: 'path' }>,
): Promise<AskedPath> {
  const use = uses.find(({ artifact }) => artifact !== null)
  if (isUrl(path) || !use?.artifact) return { ...pathFields(path), on_disk: null }
  const { root } = await services.get('workspace')
  const { id, kind, size, digests } = use.artifact
  const recorded = { path, job: use.job, size, kind, artifact: id, digest: Object.values(digests)[0] ?? null }
  const [found] = await checkOutputs({ store, root, hashes: () => services.get('hashes') }, [recorded])
  // Of a composite it is only known that it is there.
  const state = kind === 'composite' && found?.state === 'present' ? 'unknown' : found?.state
  return { ...pathFields(path), on_disk: state ?? null }
}
