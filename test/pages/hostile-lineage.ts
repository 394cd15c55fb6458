/** A published lineage whose every name is meant to do harm, and a page's worth of everything else. */
import type { TestRegistry } from '../../packages/registry/test/workbench.ts'

export const script = '<script>alert(1)</script>'
const image = '"><img src=x onerror=alert(2)>'
const turned = 'evil\u202egnp.exe'
const newline = 'two\nlines'

const digest = (byte: string): string => byte.repeat(32)
export const hostileModel = digest('a1')

/** Returns the session's hash. */
export async function publishHostile(registry: TestRegistry): Promise<{ hash: string; job: string }> {
  const { nobody } = registry
  const start = await nobody.post<{ registration_session_id: string; registration_session_token: string }>(
    '/registration-sessions',
    { mode: 'anonymous_public' },
  )
  const client = nobody.with(`RegistrationSession ${start.body.registration_session_token}`)
  const at = `/registration-sessions/${start.body.registration_session_id}`
  const claims = {
    jobs: { jobs: [job()] },
    artifacts: { artifacts: ['a0', 'a1', 'a2', 'a3'].map(artifact) },
    links: { links: [{ job_uid: 'evil', inputs: inputs(), outputs: outputs() }] },
  }
  for (const [kind, body] of Object.entries(claims)) {
    const { status, body: said } = await client.post(`${at}/${kind}/batch`, body)
    if (status >= 300) throw new Error(`${kind}: ${status} ${JSON.stringify(said)}`)
  }
  const { body } = await client.post<{ hash: string; jobs: { id: string }[] }>(`${at}/finalize`, {
    git_repo: `https://git.example/${image}`,
    git_commit: 'c'.repeat(40),
    git_branch: script,
  })
  return { hash: body.hash, job: body.jobs[0]?.id ?? '' }
}

const job = () => ({
  job_uid: 'evil',
  command: `python ${script} ${image} ${newline} ${turned}`,
  argv: ['python', script, image, newline, turned],
  cwd: script,
  name: image,
  timestamp: 1_700_000_000,
  duration_seconds: 2,
  exit_code: 0,
  job_type: 'run',
  step_number: 1,
  dirty: true,
  git_commit: 'c'.repeat(40),
  git_branch: script,
  record: {
    tracer: { name: script, coverage: { complete: false, gaps: [{ code: image, count: script, detail: newline }, 7] } },
    packages: [{ ecosystem: script, name: image, version: { deep: script }, modified: [script] }, null, 'x'],
    environment: { os: script, facts: [script], variables: { [image]: script } },
  },
})

const artifact = (byte: string) => ({
  hashes: [{ algorithm: 'blake3', digest: digest(byte) }],
  size: 4096,
  source_type: script,
  source_url: byte === 'a1' ? `javascript:alert(3)//${image}` : null,
  format: image,
})

const inputs = () => [
  { hash: digest('a0'), path: script },
  { hash: digest('a2'), path: 'caf\ufffd', path_b64: Buffer.from('caf\xe9\xff', 'latin1').toString('base64') },
]
const outputs = () => [
  { hash: digest('a1'), path: image },
  { hash: digest('a3'), path: newline },
]
