/** Finds a session by `current` or a prefix of its hash. */
import { type LineageStore, RoarError, type SessionRow } from '@roar/core'
import { visible } from '../output/escape.ts'

export async function currentSession(store: LineageStore): Promise<SessionRow> {
  const session = await store.currentSession()
  if (session) return session
  throw new RoarError('ROAR_SESSION_NONE', 'This workspace has no session yet.', {
    remedy: ['roar run COMMAND records the first job'],
  })
}

export async function findSession(store: LineageStore, name: string): Promise<SessionRow> {
  if (name === 'current') return currentSession(store)
  const prefix = name.toLowerCase()
  const found = (await store.sessions()).filter((one) => prefix.length >= 4 && one.hash.startsWith(prefix))
  if (found.length === 1) return found[0] as SessionRow
  if (found.length > 1) {
    throw new RoarError('ROAR_REF_AMBIGUOUS', `'session:${visible(name)}' could mean ${found.length} sessions.`, {
      cause: found.map((one) => `session:${one.hash}`).join('\n'),
      data: { matches: found.map((one) => `session:${one.hash}`) },
    })
  }
  throw new RoarError('ROAR_REF_UNKNOWN', `There is no session '${visible(name)}'.`, {
    remedy: ['session:current is the current one', 'roar log --all shows the jobs of all sessions'],
  })
}
