// `roar register` as a user types it: real repositories, a real registry, connections that break.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { afterAll, expect, it } from 'vitest'
import { roarBin } from '../workspace.ts'
import { CuttingProxy } from './cutting-proxy.ts'
import { json, later, Publishing, tagsOf } from './publishing.ts'

const publishing = Publishing.here()
const { registry } = publishing
const pipeline = publishing.pipeline.bind(publishing)
const proxies: CuttingProxy[] = []
afterAll(async () => {
  for (const one of proxies) await one.stop()
})

function valid(name: string, document: unknown): void {
  const file = join(import.meta.dirname, `../../../core/schemas/${name}.schema.json`)
  const ajv = addFormats.default(new Ajv2020.default({ strict: false }))
  const check = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
  expect(check(document) ? [] : check.errors).toEqual([])
}

it('files of equal content under several names, and files whose content is not known, are published with the rest', async () => {
  const w = publishing.workspace()
  w.write('.gitignore', '.roar/\nout/\n').write('same.txt', 'equal\n').write('twin.txt', 'equal\n').commit()
  w.must('config', 'set', 'registry.url', registry.url)
  w.shell('mkdir out')
  w.must('run', 'sh', '-c', 'cat same.txt twin.txt > out/both; : > out/a; : > out/b')
  w.must('run', '--no-hash-inputs', 'sh', '-c', 'cat out/both > out/copy')
  const { counts, published } = json(w.must('register', 'session:current', '-y', '--json'))
  expect(counts).toEqual({ jobs: 2, artifacts: 3, inputs: 3, outputs: 4, members: 0 })
  // What was read unhashed is linked as what the job before had made there.
  expect(published.counts).toMatchObject({ jobs: 2, artifacts: 3, links: 7 })
})

it('a lineage is published with its tags, and can be looked up by digest', async () => {
  const w = pipeline()
  const said = json(w.must('register', 'model', '-y', '--json'))
  valid('register', said)
  expect(said).toMatchObject({ scope: 'anonymous', dry_run: false, counts: { jobs: 2, inputs: 4, outputs: 2 } })
  expect(said.published).toMatchObject({ created: true, counts: { jobs: 2, new_jobs: 2 } })
  const digest = w.job('@2').outputs[0]?.digests.blake3
  const { status, body } = await registry.get(`/artifacts/${digest}`)
  expect(status).toBe(200)
  expect(body).toMatchObject({ hash: digest, visibility: 'anonymous', produced_by: [{ path: 'model' }] })
  const elsewhere = { cwd: w.place, env: { ROAR_REGISTRY_URL: registry.url } }
  const found = json(w.execute(roarBin, ['find', (digest as string).slice(0, 16), '--registry', '--json'], elsewhere))
  valid('find', found)
  expect(found).toMatchObject({ matches: [], registry: { artifact: { hash: digest } } })
  const commit = w.command('git', 'rev-parse', 'HEAD').out.trim()
  const tags = tagsOf(w, join(w.place, 'origin.git'))
  expect(tags).toEqual([expect.stringMatching(new RegExp(`^roar/[0-9a-f]{8}/${commit.slice(0, 12)}$`))])
  const origin = join(w.place, 'origin.git')
  expect(w.command('git', '-C', origin, 'cat-file', '-t', tags[0] as string).out).toBe('tag\n')
  expect(w.command('git', '-C', origin, 'rev-parse', `${tags[0]}^{commit}`).out.trim()).toBe(commit)
})

it('registering again changes nothing: neither the registry, nor the tags', () => {
  const w = pipeline()
  const first = json(w.must('register', 'model', '-y', '--json'))
  const tag = w.command('git', 'for-each-ref', 'refs/tags').out
  const again = json(w.must('register', 'model', '-y', '--json'))
  expect(again.published.session_hash).toBe(first.published.session_hash)
  expect(again.published.created).toBe(false)
  expect(again.tags.list).toEqual([expect.objectContaining({ state: 'present' })])
  expect(w.command('git', 'for-each-ref', 'refs/tags').out).toBe(tag)
  const said = w.must('register', 'model', '-y').out
  expect(said).toContain('was published before')
  expect(said).not.toContain('new there')
})

it('a dry run shows exactly what would leave the machine, and nothing leaves it', async () => {
  const w = pipeline()
  w.must('config', 'set', 'registry.url', 'http://127.0.0.1:1')
  const said = json(w.must('register', 'model', '--dry-run', '--json'))
  valid('register', said)
  expect(said.published).toBeNull()
  expect(said.sent.jobs.map((job: { argv: string[] }) => job.argv)).toEqual([
    ['sh', 'make.sh'],
    ['sh', 'train.sh'],
  ])
  const text = JSON.stringify(said.sent)
  expect(text).not.toContain(w.root)
  expect(Object.keys(said.sent.jobs[0].environment)).not.toContain('hostname')
  expect(tagsOf(w, join(w.place, 'origin.git'))).toEqual([])
  expect(w.command('git', 'tag').out).toBe('')
  expect(w.must('register', 'model', '--dry-run').out).toContain('would be pushed')
})

it('a dry run shows the values of the variables too; the home directory is no part of what only this machine needs', () => {
  const w = pipeline()
  const home = join(w.place, 'home')
  const env = { PATH: `${home}/bin:${w.env.PATH}:${home}`, PYTHONPATH: `${home}/lib` }
  w.execute(roarBin, ['run', 'sh', 'train.sh'], { env })
  const [shown] = json(w.must('register', '@2', '--dry-run', '--json')).sent.jobs.slice(-1)
  const { PATH, PYTHONPATH } = shown.environment.variables
  expect([PATH, PYTHONPATH]).toEqual([`~/bin:${w.env.PATH}:~`, `${home}/lib`])
  const said = w.must('register', '@2', '--dry-run', '-v').out
  for (const value of [PATH, PYTHONPATH]) expect(said).toContain(value)
})

it('what is sent is what the dry run showed', async () => {
  const w = pipeline()
  const shown = json(w.must('register', 'model', '--dry-run', '--json'))
  const said = json(w.must('register', 'model', '-y', '--json'))
  expect(said.publication).toBe(shown.publication)
  const { body } = await registry.get(`/sessions/${said.published.session_hash}/reproduction`)
  const [first] = (body as { jobs: { argv: string[]; record: Record<string, unknown> }[] }).jobs
  const { inputs: _inputs, outputs: _outputs, argv, ...record } = shown.sent.jobs[0]
  expect(first?.argv).toEqual(argv)
  expect(first?.record).toEqual(record)
})

it('secrets are taken out, and the kinds that were found are named', async () => {
  const w = pipeline()
  w.must(
    'run',
    'sh',
    '-c',
    'cat numbers > model',
    '--token',
    'hunter2-hunter2',
    'ghp_0123456789abcdefghijABCDEFGHIJ012345',
  )
  const said = json(w.must('register', '@3', '-y', '--json'))
  const where = 'word of a command line'
  const kinds = [
    { where, kind: 'token', count: 1 },
    { where, kind: 'github-token', count: 1 },
  ]
  expect(said.secrets).toEqual(kinds)
  expect(w.must('register', '@3', '--dry-run').out).toMatch(/taken out\n +1 +token +word.*\n +1 +github-token +word/)
  const { body } = await registry.get(`/sessions/${said.published.session_hash}/reproduction`)
  expect(JSON.stringify(body)).not.toMatch(/hunter2|ghp_0123/)
  expect(JSON.stringify(json(w.must('register', '@3', '--dry-run', '--json')))).not.toMatch(/hunter2|ghp_0123/)
})

it('publishing anonymously is confirmed first: without a terminal and -y it is refused, and nothing has left', () => {
  const w = pipeline()
  const said = w.roar('register', 'model')
  expect(said).toMatchObject({ code: 1, out: '' })
  expect(said.err).toContain('ROAR_REGISTER_CONSENT')
  expect(tagsOf(w, join(w.place, 'origin.git'))).toEqual([])
})

it('a file that no job has made, or that was changed since, is refused', () => {
  const w = pipeline()
  expect(w.roar('register', 'seed.txt', '-y').err).toContain('ROAR_REGISTER_NOTHING')
  expect(w.roar('register', 'nothing.bin', '-y').err).toContain('ROAR_REF_UNKNOWN')
  w.write('model', 'by hand\n')
  const said = w.roar('register', 'model', '-y')
  expect(said.err).toContain('ROAR_REGISTER_CHANGED')
  expect(w.roar('register', w.job('@2').uid, '-y').code).toBe(0)
})

it('dirty jobs are refused; --no-dirty leaves them out and says what that cuts off; --allow-dirty marks them', () => {
  const w = pipeline()
  w.write('make.sh', 'cat seed.txt seed.txt > numbers\n')
  w.must('run', '--allow-dirty', 'sh', 'make.sh')
  w.commit().must('run', 'sh', 'train.sh')
  const refused = w.roar('register', 'model', '-y')
  expect(refused.err).toContain('ROAR_REGISTER_DIRTY')
  expect(tagsOf(w, join(w.place, 'origin.git'))).toEqual([])
  const cut = json(w.must('register', 'model', '-y', '--no-dirty', '--json'))
  expect(cut.counts.jobs).toBe(1)
  expect(cut.cut).toMatchObject({ dropped: [{ step: '@1' }], orphans: [{ path: 'numbers' }] })
  expect(cut.checklist.find((one: { name: string }) => one.name === 'inputs have a source').ok).toBe(false)
  const marked = json(w.must('register', 'model', '-y', '--allow-dirty', '--json'))
  expect(marked).toMatchObject({ counts: { jobs: 2 }, dirty: [{ step: '@1' }] })
  w.must('config', 'set', 'git.require_clean', 'off')
  expect(w.roar('register', 'model', '-y').code).toBe(0)
})

it('what roar itself moves is not dirty: data may be fetched while code is being written', async () => {
  const w = pipeline()
  const server = createServer((_, response) => response.setHeader('content-length', 2).end('1\n'))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const { port } = server.address() as AddressInfo
  w.write('.gitignore', '.roar/\nmodel\nnumbers\ndata\n').commit().write('train.sh', 'exit 1\n')
  expect(await later(w, ['get', `http://127.0.0.1:${port}/data`, 'data'])).toMatchObject({ code: 0 })
  server.close()
  w.command('git', 'checkout', '--quiet', 'train.sh')
  w.must('run', 'sh', '-c', 'sort data > model')
  const said = json(w.must('register', 'model', '-y', '--json'))
  expect(said).toMatchObject({ counts: { jobs: 2 }, dirty: [] })
  expect(said.checklist.find((one: { name: string }) => one.name === 'code is committed').ok).toBe(true)
})

it('what another session made is part of the lineage', () => {
  const w = pipeline()
  w.must('reset', '-q')
  w.must('run', 'sh', '-c', 'wc -l model > numbers')
  expect(json(w.must('register', 'numbers', '-y', '--json')).counts.jobs).toBe(3)
})

it('a registry that is not there is told before anything is tagged', () => {
  const w = pipeline()
  w.must('config', 'set', 'registry.url', 'http://127.0.0.1:1')
  const said = w.execute(roarBin, ['register', 'model', '-y'])
  expect(said.err).toContain('ROAR_REGISTRY_UNREACHABLE')
  expect(tagsOf(w, w.root)).toEqual([])
})

it.each(['before', 'after'] as const)(
  'connections that break %s a request was done are tried again, and everything is there once',
  async (when) => {
    const w = pipeline()
    const proxy = new CuttingProxy(registry.url)
    proxies.push(proxy)
    const address = await proxy.start()
    const cut = new Set<string>()
    proxy.cut = ({ method, path }) => {
      if (method !== 'POST' || cut.has(path)) return null
      cut.add(path)
      return when
    }
    const said = await later(w, ['register', 'model', '-y', '--json', '--registry', address])
    expect(said.err).toBe('')
    expect(json(said).published.counts).toMatchObject({ jobs: 2, links: 6 })
    const { session_hash } = json(said).published
    expect(json(w.must('register', 'model', '-y', '--json')).published).toMatchObject({ session_hash, created: false })
  },
)

it('cut off for good it goes on where it was: what was sent is not sent again', async () => {
  const w = pipeline()
  const proxy = new CuttingProxy(registry.url)
  proxies.push(proxy)
  const address = await proxy.start()
  proxy.cut = ({ path }) => (path.endsWith('/links/batch') ? 'before' : null)
  const broken = await later(w, ['register', 'model', '-y', '--registry', address])
  expect(broken).toMatchObject({ code: 1 })
  expect(broken.err).toContain('ROAR_REGISTRY_UNREACHABLE')
  proxy.cut = () => null
  const before = proxy.seen.length
  const said = await later(w, ['register', 'model', '-y', '--json', '--registry', address])
  expect(json(said).published).toMatchObject({ created: true, counts: { jobs: 2, links: 6 } })
  const sent = proxy.seen.slice(before).map((one) => one.path.replace(/^.*\/registration-sessions\/?[^/]*/, ''))
  expect(sent).not.toContain('/jobs/batch')
  expect(sent).not.toContain('/artifacts/batch')
  expect(sent).toContain('/links/batch')
})

it('killed while it sends, the next attempt ends it', async () => {
  const w = pipeline()
  const proxy = new CuttingProxy(registry.url)
  proxies.push(proxy)
  const address = await proxy.start()
  const child = spawn(roarBin, ['register', 'model', '-y', '--registry', address], { cwd: w.root, env: w.env })
  proxy.cut = ({ path }) => {
    if (path.endsWith('/artifacts/batch')) child.kill('SIGKILL')
    return null
  }
  await new Promise((done) => child.on('exit', done))
  proxy.cut = () => null
  const said = await later(w, ['register', 'model', '-y', '--json', '--registry', address])
  expect(json(said).published).toMatchObject({ counts: { jobs: 2, links: 6 } })
  expect(existsSync(join(w.root, '.roar/roar.db'))).toBe(true)
})

it('three that publish the same at once publish it once, and all of them say so', async () => {
  const w = pipeline()
  const all = await Promise.all([1, 2, 3].map(() => later(w, ['register', 'model', '-y', '--json'])))
  expect(all.map(({ code, err }) => ({ code, err }))).toEqual(Array(3).fill({ code: 0, err: '' }))
  const published = all.map((said) => json(said).published)
  expect(new Set(published.map((one) => one.session_hash)).size).toBe(1)
  expect(published.filter((one) => one.created)).toHaveLength(1)
})

it('the checklist names steps that failed, which nobody makes again', () => {
  const w = pipeline()
  expect(w.roar('run', 'sh', '-c', 'cp model half; exit 3').code).toBe(3)
  const [check] = json(w.must('register', 'half', '-y', '--json')).checklist.filter(
    (one: { name: string }) => one.name === 'steps have ended well',
  )
  expect(check).toMatchObject({ ok: false, detail: expect.stringMatching(/^@3: not completed/) })
  const fine = json(w.must('register', 'model', '-y', '--json')).checklist
  expect(fine).toContainEqual(expect.objectContaining({ name: 'steps have ended well', ok: true }))
  const said = w.roar('reproduce', 'half', '--run', '--dir', join(w.place, 'half'))
  expect([said.code, said.err]).toEqual([1, expect.stringContaining('Step @3 failed: what it left is no result')])
})
