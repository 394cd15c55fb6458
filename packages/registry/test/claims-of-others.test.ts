/** What anybody may publish must not take the place of what others have published, nor give more than was granted. */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import { expect, it } from 'vitest'
import type { Artifact, FindResult } from '../src/api/index.ts'
import { sshString } from '../src/identity/ssh-wire.ts'
import { type Client, digestOf, onEveryEngine, sha256Of, type TestRegistry } from './workbench.ts'

const open = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'public' }
const named = (word: string) => createHash('sha256').update(word).digest('hex')

/** Anonymously: contents, each with a further digest that is somebody else's. Resolves with the answer to finalizing. */
async function passOff(registry: TestRegistry, algorithm: string, digest: string, count: number) {
  const started = await registry.nobody.post<Record<string, string>>('/registration-sessions', {})
  const client = registry.nobody.with(`RegistrationSession ${started.body.registration_session_token}`)
  const at = `/registration-sessions/${started.body.registration_session_id}`
  const artifacts = Array.from({ length: count }, (_, one) => ({
    hashes: [
      { algorithm: 'blake3', digest: named(`${algorithm} ${one}`) },
      { algorithm, digest },
    ],
    size: 666,
  }))
  await client.post(`${at}/artifacts/batch`, { artifacts })
  return client.post(`${at}/finalize`, {})
}

async function listMembers(client: Client, names: readonly string[]): Promise<void> {
  const started = await client.post<Record<string, string>>('/registration-sessions', { mode: 'attributed' })
  const at = `/registration-sessions/${started.body.registration_session_id}`
  const hash = digestOf('composite')
  const components = names.map((relative_path) => ({ relative_path }))
  const claim = { hash, hashes: [{ algorithm: 'composite-blake3', digest: hash }], size: 1 }
  await client.post(`${at}/artifacts/composites`, { ...claim, component_count_total: names.length, components })
  expect((await client.post(`${at}/finalize`, { scope_request: open })).status).toBe(200)
}

onEveryEngine('Somebody else', (place) => {
  it('cannot have a digest answered with a content of his own', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    await ada.publish({ train: [['raw'], ['model']] }, open)
    expect((await passOff(registry, 'blake3', digestOf('model'), 3)).status).toBe(400)
    expect((await passOff(registry, 'sha256', sha256Of('model'), 300)).status).toBe(200)
    // Its own name used as another kind of digest.
    expect((await passOff(registry, 'sha512', digestOf('model'), 300)).status).toBe(200)
    for (const asked of [digestOf('model'), sha256Of('model'), `sha256:${sha256Of('model')}`]) {
      const one = await registry.nobody.get<Artifact>(`/artifacts/${asked}`)
      expect(one.body.hash).toBe(digestOf('model'))
      expect(one.body.produced_by).toHaveLength(1)
      expect(one.body.also.length).toBeGreaterThan(0)
      const found = await registry.nobody.post<FindResult>('/artifacts/find', { digests: [asked] })
      expect(found.body.found[0]?.artifact.hash).toBe(digestOf('model'))
    }
  })

  it('cannot change the labels of what no job of his has touched', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const eve = await registry.account('eve')
    const { hash } = await ada.publish({ train: [['raw'], ['model']] }, open)
    const own = await eve.publish({ other: [['else'], ['thing']] }, open)
    const label = (session_hash: string, metadata: object) => ({
      session_hash,
      labels: [{ entity_type: 'artifact', session_hash, artifact_hash: digestOf('model'), metadata }],
    })
    expect((await ada.post('/labels/reconcile', label(hash, { license: 'MIT' }))).status).toBe(200)
    const tried = await eve.post('/labels/reconcile', { ...label(own.hash, { license: 'none' }), prune: true })
    expect(tried.status).toBe(404)
    const { body } = await registry.nobody.get<Artifact>(`/artifacts/${digestOf('model')}`)
    expect(body.labels).toEqual({ license: 'MIT' })
  })

  it('cannot add members to a composite that is listed already', async () => {
    const registry = await place.registry()
    await listMembers(await registry.account('ada'), ['a', 'b'])
    await listMembers(await registry.account('eve'), ['x', 'y', 'z'])
    const page = await registry.nobody.get<{ items: { relative_path: string }[] }>(
      `/artifacts/${digestOf('composite')}/components`,
    )
    expect(page.body.items.map((one) => one.relative_path)).toEqual(['a', 'b'])
  })

  it('who has a token of few rights cannot make a key of all', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    await ada.post('/projects', { name: 'team', visibility: 'private' })
    const all = ['read', 'write', 'withdraw', 'account']
    for (const [rights, project] of [
      [['account'], {}],
      [all, { project: 'ada/team' }],
    ] as const) {
      const made = await ada.post<{ token: string }>('/tokens', { name: 't', rights, expires_in_days: 1, ...project })
      const few = registry.nobody.with(`Bearer ${made.body.token}`)
      expect((await few.post('/ssh-keys', { public_key: newKey().line })).status).toBe(403)
    }
    expect((await ada.post('/ssh-keys', { public_key: newKey().line })).status).toBe(201)
  })

  it('who has heard a signature cannot write it in another way and use it again', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const key = newKey()
    expect((await ada.post('/ssh-keys', { public_key: key.line })).status).toBe(201)
    const body = { name: 'signed', visibility: 'private' }
    const header = (tail: string) => key.header('POST', '/api/v1/projects', JSON.stringify(body), tail)
    expect((await registry.nobody.with(header('')).post('/projects', body)).status).toBe(201)
    expect((await registry.nobody.with(header('more')).post('/projects', body)).status).toBe(401)
  })
})

/** Signs as ssh-keygen does; `tail` stands behind the signature, where nobody looks. */
function newKey() {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const point = Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url')
  const blob = Buffer.concat([sshString('ssh-ed25519'), sshString(point)])
  const keyid = `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`
  const ts = Math.floor(Date.now() / 1000)
  const header = (method: string, path: string, body: string, tail: string): string => {
    const message = [ts, method, path, createHash('sha256').update(body).digest('hex')].join('\n')
    const parts = ['glaas', '', 'sha512'].map(sshString)
    const magic = Buffer.from('SSHSIG')
    const signed = Buffer.concat([magic, ...parts, sshString(createHash('sha512').update(message).digest())])
    const inner = [sshString('ssh-ed25519'), sshString(sign(null, signed, privateKey)), Buffer.from(tail)]
    const version = Buffer.from([0, 0, 0, 1])
    const sig = Buffer.concat([magic, version, sshString(blob), ...parts, sshString(Buffer.concat(inner))])
    return `Signature keyid="${keyid}" ts="${ts}" sig="${sig.toString('base64')}"`
  }
  return { line: `ssh-ed25519 ${blob.toString('base64')} test`, header }
}
