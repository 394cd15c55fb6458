/** Every endpoint, asked by everybody, about what is theirs, somebody else's, and nobody's. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Project, Registration } from '../src/api/index.ts'
import { type Client, claimsOf, digestOf, place, type TestRegistry } from './workbench.ts'

/**
 * Answers to nobody · a stranger · the owner's read-only token · the owner, for what the owner has published, for what lies in the owner's
 * private scope, and for what does not exist. One column where there is nothing to own. `{…}` is filled in below.
 */
const matrix = `
GET    /health                                     200 200 200 200
GET    /artifacts/{ref}                            200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /public/artifacts/{ref}                     200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /artifacts/{ref}/lineage                    200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /artifacts/{ref}/reproduction               200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /artifacts/{ref}/dag                        200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /artifacts/{ref}/components                 200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /artifacts/{ref}/receipts                   200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /sessions/{hash}                            200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /sessions/{hash}/reproduction               200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /public/sessions/{hash}/reproduction        200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /jobs/{id}                                  200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /labels/history?entity_type=dag&session_hash={hash}  200 200 200 200 | 404 404 200 200 | 404 404 404 404
GET    /labels/current?entity_type=dag&session_hash={hash}  404 404 404 404 | 404 404 404 404 | 404 404 404 404
GET    /sessions                                   200 200 200 200
GET    /jobs                                       200 200 200 200
POST   /artifacts/find                             200 200 200 200
POST   /receipts                                   200 200 403 200 | 404 404 403 200 | 404 404 403 404
POST   /labels/sync                                401 404 403 200 | 401 404 403 200 | 401 404 403 404
POST   /labels/reconcile                           401 404 403 200 | 401 404 403 200 | 401 404 403 404
GET    /registration-sessions/{registration}       404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/jobs           404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/jobs/batch     404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/artifacts      404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/artifacts/batch       404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/artifacts/composites  404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/artifacts/components/batch  404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/jobs/{uid}/inputs     404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/jobs/{uid}/outputs    404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/jobs/{uid}/view-edges 404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/links/batch    404 404 403 200 | 404 404 403 200 | 404 404 404 404
POST   /registration-sessions/{registration}/labels/batch   404 404 403 409 | 404 404 403 409 | 404 404 404 404
POST   /registration-sessions/{registration}/finalize       404 404 403 200 | 404 404 403 200 | 404 404 404 404
DELETE /registration-sessions/{registration}       404 404 403 204 | 404 404 403 204 | 404 404 404 404
POST   /registration-sessions                      201 201 403 201
POST   /sessions                                   201 200 403 200
POST   /sessions/{hash}/jobs                       409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /sessions/{hash}/jobs/batch                 409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /sessions/{hash}/jobs/{uid}/inputs          409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /sessions/{hash}/jobs/{uid}/outputs         409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /artifacts                                  409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /artifacts/batch                            409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /artifacts/composites                       409 409 403 409 | 404 404 403 404 | 404 404 403 404
POST   /auth/device/start                          200 200 200 200
POST   /auth/device/token                          400 400 400 400
POST   /auth/refresh                               401 401 401 401
GET    /auth/me                                    200 200 200 200
GET    /auth/access-context                        401 200 200 200
GET    /user/access-context                        401 200 200 200
GET    /tokens                                     401 200 403 200
POST   /tokens                                     401 201 403 201
DELETE /tokens/{token}                             401 404 403 204
GET    /ssh-keys                                   401 200 403 200
POST   /ssh-keys                                   401 400 403 400
DELETE /ssh-keys/{fingerprint}                     401 404 403 404
GET    /projects                                   401 200 200 200
POST   /projects                                   401 201 403 201
PUT    /projects/{project}/members/{username}      401 404 403 204
DELETE /projects/{project}/members/{username}      401 404 403 204
POST   /jobs/{uid}/artifacts                       200 200 200 200
POST   /telemetry/roar                             204 204 204 204
POST   /fragments/sessions                         200 200 200 200
GET    /fragments/sessions/{fragments}/fragments   403 403 403 403
POST   /fragments/sessions/{fragments}/fragments   403 403 403 403
POST   /fragments/sessions/{fragments}/renew       403 403 403 403
DELETE /sessions/{hash}                            401 403 403 204 | 404 404 403 204 | 404 404 404 404
POST   /auth/logout                                200 200 200 200
`

const rows = matrix
  .trim()
  .split('\n')
  .map((line) => {
    const [, method = '', path = '', rest = ''] = /^(\S+) +(\S+) +(.*)$/.exec(line) ?? []
    const columns = rest.split(' | ').map((column) => column.trim().split(' ').map(Number))
    return { method, path, columns }
  })

const owned = ['public', 'private', 'absent'] as const
type Kind = (typeof owned)[number]
const absentHash = '77'.repeat(32)

describe('Who may do what', () => {
  const bench = place(async () => undefined)
  let registry: TestRegistry
  let callers: readonly Client[]
  const names = { public: {}, private: {}, absent: {} } as Record<Kind, Record<string, string>>

  beforeAll(async () => {
    registry = await bench.registry()
    const ada = await registry.account('ada')
    const eve = await registry.account('eve')
    await registry.account('bob')
    const reader = await ada.post<{ token: string }>('/tokens', { name: 'r', rights: ['read'], expires_in_days: 1 })
    callers = [registry.nobody, eve, registry.nobody.with(`Bearer ${reader.body.token}`), ada]
    const extra = await ada.post<{ id: string }>('/tokens', { name: 'x', rights: ['read'], expires_in_days: 1 })
    const project = await ada.post<Project>('/projects', { name: 'first', visibility: 'private' })
    const shared = {
      uid: 'job',
      token: extra.body.id,
      project: project.body.id,
      username: 'bob',
      fingerprint: encodeURIComponent(`SHA256:${'A'.repeat(43)}`),
      fragments: 'no-such-session',
    }
    for (const kind of ['public', 'private'] as const) {
      const scope = { owner_resolution: 'current_user', visibility: kind }
      const published = await ada.publish({ job: [[`${kind}-in`], [`${kind}-out`]] }, scope)
      names[kind] = { ...shared, ref: digestOf(`${kind}-out`), hash: published.hash, id: published.jobs[0]?.id ?? '' }
    }
    names.absent = { ...shared, ref: absentHash, hash: absentHash, id: '7'.repeat(32), registration: 'none' }
  })

  /** A body that is in order, so that only the right to send it is asked. */
  function bodyFor(method: string, path: string, kind: Kind, caller: number): object | undefined {
    if (method === 'GET' || method === 'DELETE') return undefined
    const { jobs, artifacts, links } = claimsOf({ job: [['i'], ['o']] })
    const session_hash = names[kind].hash
    const label = { entity_type: 'dag', session_hash, metadata: { note: 'x' } }
    const composite = { ...artifacts[0], hash: digestOf('c'), component_count_total: 0, components: [] }
    const bodies: Record<string, object> = {
      '/artifacts/find': { digests: [digestOf('private-out'), absentHash] },
      '/receipts': { receipt_id: `receipt-${kind}-${caller}`, hash: names[kind].ref, verdict: 'identical' },
      '/labels/sync': { labels: [label] },
      '/labels/reconcile': { session_hash, labels: [label] },
      '/registration-sessions': {},
      '/sessions': { hash: '88'.repeat(32) },
      '/artifacts': { ...artifacts[0], session_hash },
      '/artifacts/batch': { artifacts: [{ ...artifacts[0], session_hash }] },
      '/artifacts/composites': { ...composite, session_hash },
      '/auth/device/token': { grant_type: 'x', device_code: 'x' },
      '/auth/refresh': { refresh_token: 'x' },
      '/tokens': { name: 't', rights: ['read'], expires_in_days: 1 },
      '/ssh-keys': { public_key: 'ssh-ed25519 AAAA nonsense' },
      '/projects': { name: `p${caller}`, visibility: 'private' },
      '/projects/{project}/members/{username}': { username: 'bob', role: 'reader' },
      '/fragments/sessions': { session_id: 'fragments-1', token_hash: 'ab'.repeat(32) },
      '/fragments/sessions/{fragments}/fragments': { encrypted_batch: 'x', sequence: 0 },
      '/fragments/sessions/{fragments}/renew': { ttl_seconds: 60 },
    }
    if (bodies[path]) return bodies[path]
    if (path.endsWith('/jobs')) return jobs[0]
    if (path.endsWith('/jobs/batch')) return { jobs }
    if (path.endsWith('/links/batch')) return { links }
    if (path.endsWith('/view-edges') || path === '/jobs/{uid}/artifacts') return { view_edges: [] }
    if (path.endsWith('/inputs') || path.endsWith('/outputs')) return { artifacts: links[0]?.inputs ?? [] }
    if (path.endsWith('/composites')) return composite
    if (path.endsWith('/artifacts')) return artifacts[0]
    if (path.endsWith('/artifacts/batch')) return { artifacts }
    if (path.endsWith('/components/batch')) return { lists: [] }
    if (path.endsWith('/labels/batch')) return { labels: [label] }
    return {}
  }

  /** A registration of the owner's, with a job in it, for each question: the last one finalizes or gives it up. */
  async function registration(kind: Kind): Promise<string> {
    if (kind === 'absent') return 'none'
    const started = await (callers[3] as Client).post<Registration>('/registration-sessions', { mode: 'attributed' })
    return started.body.registration_session_id
  }

  it.each(rows)('$method $path', async ({ method, path, columns }) => {
    for (const [at, expected] of columns.entries()) {
      const kind = owned[at] as Kind
      const fill = { ...names[kind], registration: await registration(kind) } as Record<string, string>
      const url = path.replace(/\{(\w+)\}/g, (_, name) => fill[name] ?? name)
      const statuses: number[] = []
      for (const [caller, client] of callers.entries())
        statuses.push((await client.ask(method, url, bodyFor(method, path.split('?')[0] ?? '', kind, caller))).status)
      expect({ kind, statuses }).toEqual({ kind, statuses: expected })
    }
  })

  it('is asked of every endpoint that there is', () => {
    const paths = (registry.app.swagger() as { paths: Record<string, object> }).paths
    const known = new Set(rows.map((row) => `${row.method} ${nameless(row.path.split('?')[0] ?? '')}`))
    const all = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${nameless(path.replace('/api/v1', ''))}`),
    )
    expect(all.length).toBeGreaterThan(50)
    expect(all.filter((one) => !known.has(one) && !one.startsWith('HEAD '))).toEqual([])
  })
})

const nameless = (path: string): string => path.replace(/\{\w+\}/g, '{}')
