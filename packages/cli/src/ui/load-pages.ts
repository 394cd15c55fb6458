/** The pages are a package of their own, which no other command needs: found and imported when it is asked for. */
import { createRequire } from 'node:module'
import { importFile } from '@roar/host'

type Pages = typeof import('@roar/web')

export async function loadPages(): Promise<Pages> {
  const entry = createRequire(import.meta.url).resolve('@roar/web')
  return (await importFile(entry)) as unknown as Pages
}
