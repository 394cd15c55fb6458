// A workspace that another user has laid above us: nothing of it is obeyed unless we have said so.
import { chmodSync, existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())
const mine = join(w.root, 'mine')
mkdirSync(mine)
writeFileSync(join(w.root, '.roar/config.toml'), `[env.set]\nPLANTED = "obeyed"\n`)
chmodSync(join(w.root, '.roar'), 0o777)
const here = (...words: string[]) => w.shell(`cd mine && $roar ${words.join(' ')}`)

it.each([
  ['run touch ../started', 125],
  ['log', 1],
  ['status', 1],
  ['hash /etc/passwd', 1],
  ['plugin list', 1],
  ['register @1', 1],
  ['config set registry.url http://x', 1],
  ['scope clear', 1],
])('%s', (words, code) => {
  const said = here(words)
  expect([said.code, said.err]).toEqual([code, expect.stringContaining('ROAR_WORKSPACE_UNSAFE')])
  expect(existsSync(join(w.root, 'started'))).toBe(false)
})

it('says what to do about it, which helps', () => {
  expect(here('run true').err).toContain(`roar config set --user workspace.trusted ${w.root}`)
  const refused = here('config set workspace.trusted', w.root)
  expect(refused.code).toBe(1)
  expect(here('config set --user workspace.trusted', w.root).code).toBe(0)
  expect(here('run printenv PLANTED').out).toContain('obeyed')
})
