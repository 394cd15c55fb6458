/** Keys and tokens of an account, at a registry that no workspace names. */
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { leave, project, serve } from './two-machines.ts'

afterEach(leave)

it('Keys and tokens are those of the registry whose address is given', async () => {
  const workspace = project({})
  const url = await serve(workspace)
  const data = join(workspace.place, 'registry')
  workspace.must('registry', 'account', 'add', 'ada', '--data', data)
  const said = workspace.must(
    'registry',
    'token',
    'ada',
    '--rights',
    'read,write,withdraw,account',
    '--data',
    data,
    '--json',
  )
  workspace.env.ROAR_TOKEN = JSON.parse(said.out).token
  const ask = (...words: string[]) => JSON.parse(workspace.must(...words, '--registry', url, '--json').out)

  expect(ask('whoami')).toMatchObject({ registry: url, user: { username: 'ada' } })
  const made = ask('token', 'create', 'ci', '--right', 'write', '--days', '3').token
  const names = () => ask('token', 'list').tokens.map((one: { name: string }) => one.name)
  expect(names()).toContain('ci')
  ask('token', 'revoke', made.id)
  expect(names()).not.toContain('ci')

  workspace.command('ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', 'key')
  const [key] = ask('key', 'add', 'key.pub').keys
  expect(ask('key', 'list')).toMatchObject({ registry: url, keys: [{ fingerprint: key.fingerprint }] })
  ask('key', 'rm', key.fingerprint)
  expect(ask('key', 'list').keys).toEqual([])
  expect(ask('scope', 'list').scopes.length).toBeGreaterThan(0)
})
