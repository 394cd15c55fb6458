/** Where a publication waits at the registry until it is whole: opened, or found again after a cut. */
import { isRoarError, type Publication, type RegistrationJournal, type RegistrationState } from '@roar/core'
import type { Registration } from '@roar/registry/api'
import type { RegistryHttp } from '../http/request.ts'

export interface Staging {
  /** False: it was published before; only the answer is fetched again. */
  readonly open: boolean
  /** Requests that an earlier attempt had answered; they count for the same cut only. */
  sentBefore(cut: string): number
  remember(sent: number, cut: string): Promise<void>
  post<T>(path: string, body: object): Promise<T>
}

export async function openStaging(
  http: RegistryHttp,
  publication: Publication,
  journal: RegistrationJournal | undefined,
): Promise<Staging> {
  const before = (await journal?.read(publication.id)) ?? null
  const known = before && (await findAgain(http, before))
  const registration = known ?? (await start(http, publication))
  const token = registration.registration_session_token ?? (known ? before.token : null)
  const staged = registration.registration_session_id
  const remember = async (sent: number, cut: string): Promise<void> => {
    await journal?.write(publication.id, { staged, token, sent, cut })
  }
  if (!known) await remember(0, '')
  return {
    open: registration.status === 'open',
    sentBefore: (cut) => (known && before.cut === cut ? before.sent : 0),
    remember,
    post: (path, body) => http.post(`/registration-sessions/${staged}${path}`, body, owner(token)),
  }
}

/** It may have ended by time, or the registry may be another one by now: then everything is sent again. */
async function findAgain(http: RegistryHttp, { staged, token }: RegistrationState): Promise<Registration | null> {
  try {
    const options = { ...owner(token), accept: [404] }
    const { status, body } = await http.send('GET', `/registration-sessions/${staged}`, undefined, options)
    return status === 404 ? null : (body as Registration)
  } catch (error) {
    if (isRoarError(error) && [401, 403, 410].includes(error.data.status as number)) return null
    throw error
  }
}

/** What is published in the end is named by its content: two places for the same would still become one. */
const start = (http: RegistryHttp, { id, scope }: Publication): Promise<Registration> =>
  http.post('/registration-sessions', {
    client_session_id: id,
    mode: scope === 'anonymous' ? 'anonymous_public' : 'attributed',
  })

const owner = (token: string | null) => (token ? { authorization: `RegistrationSession ${token}` } : {})
