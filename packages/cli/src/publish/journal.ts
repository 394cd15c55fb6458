/** Keeps in the workspace's store how far a publication came. */
import type { LineageStore, Published, RegistrationJournal, RegistrationRow } from '@roar/core'

export interface Journal extends RegistrationJournal {
  /** What is staged there is published: its token is of no more use. */
  finish(id: string, published: Published): Promise<void>
}

export function storeJournal(store: LineageStore, registry: string): Journal {
  const begun = async (publication: string): Promise<RegistrationRow> =>
    (await store.registration(publication, registry)) ?? fresh(publication, registry)
  return {
    read: async (id) => {
      const row = await store.registration(id, registry)
      return row && { staged: row.staged, token: row.token, sent: row.sent, cut: row.cut }
    },
    write: async (id, state) => store.putRegistration({ ...(await begun(id)), ...state }),
    finish: async (id, published) => {
      const end = { finishedAt: Date.now(), sessionHash: published.session_hash, sessionUrl: published.session_url }
      await store.putRegistration({ ...(await begun(id)), ...end })
    },
  }
}

const fresh = (publication: string, registry: string): RegistrationRow => ({
  publication,
  registry,
  staged: '',
  token: null,
  sent: 0,
  cut: '',
  startedAt: Date.now(),
  finishedAt: null,
  sessionHash: null,
  sessionUrl: null,
})
