/** Makes a workspace with its store and first session. */
import { resolve } from 'node:path'
import type { Services } from '../composition/services.ts'

export async function initialise(services: Services, place: string) {
  const { initWorkspace } = await import('@roar/host')
  const { workspace, created } = await initWorkspace(resolve(services.get('directory'), place))
  const store = await services.at(workspace.root).get('storeWriter')
  const session = (await store.currentSession()) ?? (await store.openSession(Date.now()))
  return { schema: 'roar.init/1' as const, workspace: workspace.root, created, session: session.hash }
}
