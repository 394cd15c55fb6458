/** Texts that no client of ours sends: what is no text, what engines refuse, what is missing. Each is data or a refusal, never a fault. */
import { expect, it } from 'vitest'
import { type Client, digestOf, onEveryEngine } from './workbench.ts'

const lone = '\ud800 \udfff'
const nothing = 'a\u0000b'

onEveryEngine('An odd text', (bench) => {
  /** Labels of a composite that names none, keys and values that are no Unicode. */
  const odd = (session_hash: string) => [
    { entity_type: 'composite', session_hash },
    { entity_type: 'artifact', session_hash, artifact_hash: null, metadata: {} },
    { entity_type: 'composite', session_hash, artifact_hash: digestOf('b'), metadata: { [lone]: lone } },
    { entity_type: 'job', session_hash },
    { entity_type: 'dag', session_hash, metadata: { [lone]: { deep: [lone] } }, remove: [lone] },
    { entity_type: 'dag', session_hash, metadata: { [nothing]: nothing } },
    { entity_type: 'dag' },
    {},
  ]

  it('in a label is kept or refused', async () => {
    const registry = await bench.registry()
    const ada = await registry.account('ada')
    const own = { owner_resolution: 'current_user', visibility: 'public' }
    for (const scope of [own, { ...own, visibility: 'private' }]) {
      const { session_hash } = await ada.publish({ job: [['a'], ['b']] }, scope)
      for (const label of odd(session_hash)) {
        expect([200, 400, 404]).toContain((await ada.post('/labels/sync', { labels: [label] })).status)
        expect([200, 400, 404]).toContain((await ada.post('/labels/reconcile', { labels: [label] })).status)
        expect([200, 400, 404]).toContain(
          (await ada.get(`/labels/current?${new URLSearchParams(label as never)}`)).status,
        )
      }
    }
  })

  it('in a job, an artifact or a link is kept or refused, and what is kept can be read', async () => {
    const { nobody } = await bench.registry()
    for (const word of [lone, nothing]) await publishOdd(nobody, word)
  })

  it('in an address is a question without an answer', async () => {
    const { nobody } = await bench.registry()
    for (const word of ['%00', '%ED%A0%80', '%', '%2500'])
      for (const path of [
        `/jobs?command=${word}`,
        `/jobs?repository=${word}`,
        `/sessions?cursor=${word}`,
        `/artifacts/${word}`,
      ])
        expect([200, 400, 404], path).toContain((await nobody.get(path)).status)
  })
})

/** Every free text is the word; documents of the client are of shapes that it should not have. */
async function publishOdd(nobody: Client, word: string): Promise<void> {
  const start = await nobody.post<{ registration_session_id: string; registration_session_token: string }>(
    '/registration-sessions',
    {},
  )
  const client = nobody.with(`RegistrationSession ${start.body.registration_session_token}`)
  const at = `/registration-sessions/${start.body.registration_session_id}`
  const texts = {
    command: word,
    name: word,
    git_repo: word,
    git_branch: word,
    git_commit: word,
    cwd: word,
    signal: word,
  }
  const record = { packages: word, environment: { runtime: [word], variables: 3 }, git: word, [word]: word }
  const job = {
    job_uid: 'odd',
    timestamp: 253_402_300_799,
    step_number: 0,
    job_type: word,
    metadata: word,
    argv: [word],
    record,
  }
  const link = { hash: digestOf(`out ${word}`), path: word, reason: word, access: [word], format: word }
  const claim = {
    hashes: [{ algorithm: 'blake3', digest: link.hash }],
    size: 1,
    source_url: word,
    source_type: word,
    metadata: word,
  }
  const answers = [
    await client.post(`${at}/jobs/batch`, { jobs: [{ ...job, ...texts }] }),
    await client.post(`${at}/artifacts/batch`, { artifacts: [claim] }),
    await client.post(`${at}/links/batch`, {
      links: [{ job_uid: 'odd', inputs: [{ path: word, reason: word }], outputs: [link] }],
    }),
    await client.post<{ session_hash?: string }>(`${at}/finalize`, {
      git_repo: word,
      git_commit: null,
      git_branch: word,
    }),
  ]
  for (const { status, body } of answers) expect([200, 400], JSON.stringify(body)).toContain(status)
  const session = (answers[3] as { body: { session_hash?: string } }).body.session_hash
  if (session === undefined) return
  const paths = ['', '/lineage?depth=3', '/reproduction', '/dag', '/receipts', '/components']
  for (const path of paths.map((one) => `/artifacts/${link.hash}${one}`)) {
    const { status, body } = await nobody.get(path)
    expect([200, 404], `${path}: ${JSON.stringify(body)}`).toContain(status)
  }
  expect((await nobody.get(`/sessions/${session}/reproduction`)).status).toBe(200)
  expect((await nobody.get('/jobs')).status).toBe(200)
}
