/** The pages, asked for as a browser does. How they look and behave in one is tested in packages/web. */
import { describe, expect, it } from 'vitest'
import { digestOf, onEveryEngine, place, type TestRegistry } from './workbench.ts'

const own = { owner_resolution: 'current_user', owner_type: 'user', visibility: 'private' }
const form = { 'content-type': 'application/x-www-form-urlencoded' }

const ask = (registry: TestRegistry, url: string, cookie = '') =>
  registry.app.inject({ url, headers: { cookie, accept: 'text/html' } })

const post = (
  registry: TestRegistry,
  url: string,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
) =>
  registry.app.inject({
    method: 'POST',
    url,
    headers: { ...form, ...headers },
    payload: new URLSearchParams(fields).toString(),
  })

async function signedIn(registry: TestRegistry, name: string): Promise<string> {
  const answer = await post(registry, '/login', { account: name, password: `password of ${name}` })
  expect(answer.statusCode).toBe(303)
  const cookie = String(answer.headers['set-cookie'])
  expect(cookie).toMatch(/^roar_session=.*; HttpOnly; SameSite=Lax; Path=\//)
  return cookie.split(';')[0] as string
}

const formTokenIn = (page: string): string => /name="form" value="([^"]+)"/.exec(page)?.[1] ?? ''

onEveryEngine('A page of the registry', (engine) => {
  it('is at every address that an answer of the API names', async () => {
    const registry = await engine.registry()
    const { hash, session_url, jobs } = await registry.nobody.publish({
      prepare: [['raw'], ['clean']],
      train: [['clean'], ['model']],
    })
    const artifact = await registry.nobody.get<{ url: string }>(`/artifacts/${digestOf('model')}`)
    const job = await registry.nobody.get<{ url: string }>(`/jobs/${jobs.find((one) => one.job_uid === 'train')?.id}`)
    for (const [url, words] of [
      [session_url, ['Session', 'make train', 'data/model', '2 jobs']],
      [
        artifact.body.url,
        [
          'data/model',
          'make train',
          'roar reproduce',
          'sha256',
          'verified',
          'by everybody; who published it is not named',
        ],
      ],
      [job.body.url, ['make train', 'data/clean', 'data/model', 'numpy', 'c'.repeat(40)]],
    ] as const) {
      const page = await ask(registry, new URL(url).pathname)
      expect(page.statusCode).toBe(200)
      expect(page.headers['content-type']).toBe('text/html; charset=utf-8')
      for (const word of words) expect(page.body).toContain(word)
    }
    const home = await ask(registry, '/')
    expect(home.body).toContain(`/dag/${hash}`)
    const drawing = JSON.parse((await ask(registry, `/dag/${hash}/graph.json`)).body)
    expect([...drawing.kinds].sort().join('')).toBe('fffjj')
    expect(drawing.from).toHaveLength(4)
  })

  it('is what a browser gets for whatever goes wrong; a program gets a document', async () => {
    const registry = await engine.registry()
    for (const [url, status] of [
      ['/nothing', 404],
      ['/dag/%E0%A4%A/x/y', 400],
      ['/artifact/%00', 400],
      ['/login/nobody', 404],
    ] as const) {
      const answer = await ask(registry, url)
      expect([url, answer.statusCode]).toEqual([url, status])
      if (url !== '/dag/%E0%A4%A/x/y') {
        expect(answer.headers['content-type']).toBe('text/html; charset=utf-8')
        expect(answer.body).toContain('<main id="content"')
      }
      const document = (await registry.app.inject({ url })).json()
      expect(document.schema).toBe('roar.error/1')
    }
    expect((await ask(registry, '/api/v1/nothing')).json().error.code).toBe('ROAR_REGISTRY_NOT_FOUND')
    expect((await post(registry, '/account/projects', {}, { accept: 'text/html' })).body).toContain(
      '<main id="content"',
    )
  })

  it('of a private scope is, to everybody else, the page of what does not exist', async () => {
    const registry = await engine.registry()
    const ada = await registry.account('ada')
    await registry.account('eve')
    const { hash, jobs } = await ada.publish({ mine: [['secret-in'], ['secret-out']] }, own)
    const eve = await signedIn(registry, 'eve')
    for (const cookie of ['', eve])
      for (const [there, absent] of [
        [`/artifact/${digestOf('secret-out')}`, `/artifact/${'77'.repeat(32)}`],
        [`/dag/${hash}`, `/dag/${'77'.repeat(32)}`],
        [`/dag/${hash}/graph.json`, `/dag/${'77'.repeat(32)}/graph.json`],
        [`/dag/${digestOf('secret-in')}`, `/dag/${'78'.repeat(32)}`],
        [`/job/${jobs[0]?.id}`, `/job/${'7'.repeat(32)}`],
      ] as const) {
        const [real, none] = [await ask(registry, there, cookie), await ask(registry, absent, cookie)]
        expect(real.statusCode).toBe(404)
        const changing = { 'x-request-id': '', date: '' }
        expect({ ...real.headers, ...changing }).toEqual({ ...none.headers, ...changing })
        expect(real.body).toBe(none.body)
      }
    expect((await ask(registry, '/', eve)).body).not.toContain(hash)
    expect((await ask(registry, '/search?q=secret', eve)).body).toContain('Nothing')
    const cookie = await signedIn(registry, 'ada')
    const mine = await ask(registry, `/artifact/${digestOf('secret-out')}`, cookie)
    expect(mine.statusCode).toBe(200)
    expect(mine.headers['cache-control']).toBe('private, no-cache')
    expect((await ask(registry, '/search?q=secret', cookie)).body).toContain('data/secret-out')
    expect((await ask(registry, `/dag/${hash}`, cookie)).body).toContain('make mine')
  })
})

describe('A page of the registry, on either engine alike,', () => {
  const sqlite = place(async () => undefined)

  it('is found by digest, by name and by command', async () => {
    const registry = await sqlite.registry()
    await registry.nobody.publish({ train: [['rawdata'], ['model']] })
    for (const words of [digestOf('model').slice(0, 10), 'data/model', 'make train'])
      expect((await ask(registry, `/search?q=${words}`)).body).toMatch(/\/(artifact|job)\/[0-9a-f]{32}/)
    expect((await ask(registry, '/search?q=nowhere')).body).toContain('Nothing')
    expect((await ask(registry, '/search?q=a&cursor=broken')).statusCode).toBe(400)
  })

  it('of a session of more jobs than a drawing shows has them in parts, each with its drawing', async () => {
    const registry = await sqlite.registry()
    const jobs = Array.from({ length: 10_003 }, (_, at) => [`j${at}`, [[], []]] as const)
    const { hash } = await registry.nobody.publish(Object.fromEntries(jobs) as never)
    const first = await ask(registry, `/dag/${hash}`)
    expect(first.body).toContain('Here are jobs 1 to 10,000 of 10,003')
    expect(first.body).toContain(`href="/dag/${hash}?part=2"`)
    for (const part of ['2', '77']) {
      const last = await ask(registry, `/dag/${hash}?part=${part}`)
      expect(last.body).toContain('Here are jobs 10,001 to 10,003 of 10,003')
      expect(last.body).toContain('make j10002')
      expect(last.body).not.toContain('make j9999<')
    }
    const labels = async (query: string): Promise<string[]> =>
      JSON.parse((await ask(registry, `/dag/${hash}/graph.json${query}`)).body).labels
    const [one, two] = [await labels(''), await labels('?part=2')]
    expect([one.length, two.length]).toEqual([10_000, 3])
    expect(new Set([...one, ...two]).size).toBe(10_003)
  }, 120_000)

  it('says where two lineages went apart', async () => {
    const registry = await sqlite.registry()
    const first = await registry.nobody.publish({ prepare: [['raw'], ['clean']], train: [['clean'], ['model']] })
    const second = await registry.nobody.publish({ prepare: [['raw'], ['clean']], test: [['clean'], ['score']] })
    const page = await ask(registry, `/compare?a=${first.hash}&b=${second.hash}`)
    expect(page.body).toContain('Only in A')
    expect(page.body).toMatch(/make train[\s\S]*make test/)
    const same = await ask(registry, `/compare?a=${first.hash}&b=${first.hash}`)
    expect(same.body).toContain('They are the same')
    expect((await ask(registry, `/compare?a=${first.hash}&b=${'7'.repeat(64)}`)).statusCode).toBe(404)
  })

  it('of an account makes and takes back tokens, makes projects, and takes forms from nowhere else', async () => {
    const registry = await sqlite.registry()
    await registry.account('ada')
    await registry.account('bob')
    expect((await ask(registry, '/account')).headers.location).toBe('/login')
    const cookie = await signedIn(registry, 'ada')
    const page = await ask(registry, '/account', cookie)
    expect(page.headers['cache-control']).toBe('no-store')
    const fields = { form: formTokenIn(page.body), name: 'ci', days: '30', project: '', right_read: 'yes' }
    for (const [wrong, headers] of [
      [{ ...fields, form: 'x' }, { cookie }],
      [fields, {}],
      [fields, { cookie, 'sec-fetch-site': 'cross-site' }],
    ] as const)
      expect((await post(registry, '/account/tokens', wrong, headers as Record<string, string>)).statusCode).toBe(403)
    const made = await post(registry, '/account/tokens', fields, { cookie })
    const token = /<code>(roar_api_[^<]+)<\/code>/.exec(made.body)?.[1]
    const me = await registry.nobody.with(`Bearer ${token}`).get<{ rights: string[] }>('/auth/me')
    expect(me.body.rights).toEqual(['read'])
    const id = /name="id" value="([^"]+)"/.exec(made.body)?.[1] ?? ''
    await post(registry, '/account/tokens/revoke', { form: fields.form, id }, { cookie })
    expect((await registry.nobody.with(`Bearer ${token}`).get('/auth/me')).status).toBe(401)
    const project = { form: fields.form, name: 'team', visibility: 'private' }
    const projects = await post(registry, '/account/projects', project, { cookie })
    expect(projects.body).toContain('ada/team')
    const member = /name="project" value="([^"]+)"/.exec(projects.body)?.[1] ?? ''
    const change = { form: fields.form, project: member, username: 'bob', role: 'writer' }
    expect((await post(registry, '/account/members', change, { cookie })).body).toContain('bob: writer')
    expect((await post(registry, '/account/tokens', { ...fields, days: '999' }, { cookie })).statusCode).toBe(400)
    await post(registry, '/account/sign-out', { form: fields.form }, { cookie })
    expect((await ask(registry, '/account', cookie)).headers.location).toBe('/login')
  })

  it('gives a cookie no power over the API', async () => {
    const registry = await sqlite.registry()
    await registry.account('ada')
    const cookie = await signedIn(registry, 'ada')
    const answer = await registry.app.inject({ url: '/api/v1/tokens', headers: { cookie } })
    expect(answer.statusCode).toBe(401)
  })

  it('answers what is no address with a page, whatever stands in it', async () => {
    const registry = await sqlite.registry()
    for (const url of [
      '/artifact/zz',
      '/artifact/%00',
      '/artifact/%E0%A4%A',
      '/job/..%2f..',
      '/dag/%3Cscript%3E',
      '/assets/..%2fx',
    ])
      expect((await ask(registry, url)).statusCode).toBeGreaterThanOrEqual(400)
    expect((await ask(registry, '/artifact/zz')).body).toContain('not visible to you')
  })
})
