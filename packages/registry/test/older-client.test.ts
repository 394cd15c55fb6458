/** The client that was there before us, unmodified, as its users install it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addAccount } from '../src/identity/accounts.ts'
import { openRegistry } from '../src/open-registry.ts'
import { type RunningRegistry, serve } from '../src/serve.ts'
import { run } from './program.ts'
import { installTool } from './python-tool.ts'

const version = '0.4.7'

describe('roar-cli of PyPI', () => {
  const place = mkdtempSync(join(tmpdir(), 'roar-older-'))
  const data = join(place, 'registry')
  let server: RunningRegistry
  let missing: string | null = null

  beforeAll(async () => {
    missing = await installTool(join(place, 'venv'), `roar-cli==${version}`)
    server = await serve({ data, host: '127.0.0.1', port: 0, version: '0.1.0' })
  })
  afterAll(() => server.close())

  /** A user on a machine: a home, a repository, the client in it. */
  async function user(name: string) {
    const home = join(place, name)
    const work = join(home, 'work')
    mkdirSync(work, { recursive: true })
    const env = {
      HOME: home,
      PATH: `${join(place, 'venv/bin')}:/usr/bin:/bin`,
      GLAAS_URL: server.url,
      ROAR_GLAAS__URL: server.url,
      ROAR_DISABLE_BROWSER_OPEN: '1',
      GIT_CONFIG_GLOBAL: join(home, 'gitconfig'),
      DO_NOT_TRACK: '1',
    }
    writeFileSync(env.GIT_CONFIG_GLOBAL, '[user]\nname = a\nemail = a@test.example\n')
    const sh = (script: string) => run('sh', ['-ec', script], { cwd: work, env })
    // Left alone it takes its tracer inside the kernel where that calls itself ready, which sees no file on Linux 6.18.
    await sh(
      'git init -q . && roar init -y && roar config set filters.ignore_tmp_files false && roar tracer use preload',
    )
    return sh
  }

  it('publishes a lineage anonymously, and finds on another machine how it can be made again', async (context) => {
    if (missing) return context.skip(missing)
    const ada = await user('ada')
    writeFileSync(join(place, 'ada/work/step.py'), 'open("out.txt", "w").write(open("in.txt").read().upper())\n')
    writeFileSync(join(place, 'ada/work/in.txt'), `a text that nobody else has: ${process.pid}\n`)
    const made = await ada(
      `git remote add origin https://git.example/x.git; roar config set git.push_tags_on_register never
       echo out.txt >> .gitignore; git add -A; git commit -qm one; roar run python3 step.py; roar register -y out.txt`,
    )
    expect(made.text).toContain(`${server.url}/dag/`)
    const hash = /reproduce ([0-9a-f]{64})/.exec(made.text)?.[1]
    const session = /\/dag\/([0-9a-f]{64})/.exec(made.text)?.[1]
    const bob = await user('bob')
    const found = await bob(`roar reproduce ${hash}; roar reproduce --lineage ${session}`)
    expect(found.text).toContain('python3 step.py')
    expect(found.text).toContain('https://git.example/x.git')
    const again = await ada('roar register -y out.txt')
    expect(again.text).toContain(session)
    const logged = await loggedIn(bob)
    expect(logged).toContain('Stored auth state for cy')
    // What is published after the login is his alone.
    const own = await bob(
      `git remote add origin https://git.example/y.git; roar config set git.push_tags_on_register never
       roar scope use private; echo ${process.pid}b > b.txt; echo c.txt >> .gitignore; git add -A; git commit -qm one
       roar run cp b.txt c.txt; roar register -y --private c.txt`,
    )
    expect(own.text).toContain(`${server.url}/dag/`)
    const secret = /reproduce ([0-9a-f]{64})/.exec(own.text)?.[1]
    expect((await bob(`roar reproduce ${secret}`)).text).toContain('cp b.txt c.txt')
    expect((await ada(`roar reproduce ${secret} || true`)).text).toContain('not found')
    // Openly, it names no scope at all: who has logged in is who has published it, and may change its labels.
    const open = await bob(
      `roar scope use public; roar config set git.push_tags_on_register never
       echo ${process.pid}d > d.txt; echo e.txt >> .gitignore; git add -A; git commit -qm two
       roar run cp d.txt e.txt; roar register -y e.txt`,
    )
    const openSession = /\/dag\/([0-9a-f]{64})/.exec(open.text)?.[1]
    const answer = await fetch(`${server.url}/api/v1/sessions/${openSession}`)
    expect(await answer.json()).toMatchObject({ visibility: 'public', registered_by: 'cy' })
    const labelled = await bob('roar label set artifact e.txt a.b=1 c=2; roar label sync -y artifact e.txt')
    expect(labelled.text).toContain('created=1')
    const unlabelled = await bob('roar label unset artifact e.txt a.b; roar label sync -y artifact e.txt')
    expect(unlabelled.text).toContain('deleted_keys=1')
  })

  async function loggedIn(sh: (script: string) => Promise<{ text: string }>): Promise<string> {
    const registry = await openRegistry({ data })
    await addAccount(registry, { name: 'cy', password: 'a long password' })
    await registry.close()
    const login = sh('timeout 90 roar login > login.txt 2>&1; cat login.txt')
    let code: string | undefined
    while (code === undefined) {
      await sleep(200)
      code = /[A-Z]{5}-[A-Z]{5}/.exec((await sh('cat login.txt 2>/dev/null || true')).text)?.[0]
    }
    const form = new URLSearchParams({ code, account: 'cy', password: 'a long password', answer: 'approve' })
    const approved = await fetch(`${server.url}/device`, { method: 'POST', body: form })
    expect(approved.status).toBe(200)
    return (await login).text
  }
})
