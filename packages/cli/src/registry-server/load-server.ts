/** The server is a package of its own, with libraries that no other command needs: it is found and imported when it is asked for. */
import { createRequire } from 'node:module'
import { importFile } from '@roar/host'

type Server = typeof import('@roar/registry')

export async function loadServer(): Promise<Server> {
  const entry = createRequire(import.meta.url).resolve('@roar/registry')
  return (await importFile(entry)) as unknown as Server
}
