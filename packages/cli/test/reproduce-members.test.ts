/** Whoever has the digest of one file of a data set finds all of it on another machine, and makes it again. */
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { elsewhere, leave, project, serve, verdictOf } from './two-machines.ts'

afterEach(leave)

const parts = 'mkdir -p out; for i in 0 1 2; do echo "a,$i" > out/part-$i.csv; done; touch out/_SUCCESS\n'

it('a part of a registered data set leads to the whole: found, shown, made again', async () => {
  const workspace = project({ 'a.sh': parts })
  workspace.must('run', 'sh', 'a.sh')
  const url = await serve(workspace)
  workspace.must('config', 'set', 'registry.url', url)
  const shown = JSON.parse(workspace.must('register', '@1', '--dry-run', '--json').out)
  expect(schemaErrors(shown)).toEqual([])
  expect(shown.counts.members).toBe(4)
  const [list] = shown.sent.members
  expect(list).toMatchObject({ first: 0 })
  expect(list.members.map((one: { path: string }) => one.path)).toEqual([
    '_SUCCESS',
    'part-0.csv',
    'part-1.csv',
    'part-2.csv',
  ])
  const said = workspace.roar('register', '@1')
  expect(said.err).toContain('ROAR_REGISTER_CONSENT')
  expect(workspace.must('register', '@1', '-y').out).toContain('4 names of members')
  const [digest] = workspace.must('hash', 'out/part-1.csv').out.split(' ') as [string]
  workspace.shell('rm -rf -- * .roar .git')

  const found = elsewhere(workspace, 'find', digest, '--registry', url, '--json')
  expect(JSON.parse(found.out).registry.artifact).toMatchObject({
    kind: 'composite',
    hash: list.digests.blake3,
    member: { path: 'part-1.csv', size: 4 },
  })
  for (const command of ['find', 'show'])
    expect(elsewhere(workspace, command, `blake3:${digest}`, '--registry', url).out).toMatch(
      /member +part-1\.csv has the digest/,
    )
  const plan = elsewhere(workspace, 'reproduce', `blake3:${digest}`, '--registry', url)
  expect(plan.out).toContain('the digest of its member part-1.csv')
  const verdict = verdictOf(elsewhere(workspace, 'reproduce', `blake3:${digest}`, '--registry', url, '--run', '--json'))
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true, member: 'part-1.csv', outputs: [{ path: 'out' }] })
  expect(verdict.directory.startsWith(join(workspace.place, 'elsewhere'))).toBe(true)
})
