/** Large data lies on another disk, and a symbolic link leads there: `data -> /mnt/disk/set`. No word of a command says so. */
import { mkdirSync, readlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { elsewhere, leave, makeAgain, project, serve, verdictOf } from './two-machines.ts'

afterEach(leave)

const sum = `import os
files = sorted(os.listdir('data/raw'))
total = sum(int(line) for name in files for line in open('data/raw/' + name))
os.makedirs('out', exist_ok=True)
open('out/model', 'w').write(str(total))
`

/** Its disk lies beside it. */
const linked = () => {
  const workspace = project({ 'sum.py': sum })
  const disk = join(workspace.place, 'disk')
  mkdirSync(join(disk, 'set'), { recursive: true })
  writeFileSync(join(disk, 'set/a'), '1\n2\n')
  writeFileSync(join(disk, 'set/b'), '3\n')
  workspace.shell('mkdir data && ln -s ../../disk/set data/raw')
  return { workspace, disk }
}

const linksIn = (facts: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(facts).filter(([name]) => name.startsWith('link/')))
const linksOf = (workspace: ReturnType<typeof project>, step: string) =>
  linksIn(JSON.parse(workspace.must('show', step, '--json').out).job.environment.facts)

it('Links that lead to what a job used belong to its record, and others do not', () => {
  const { workspace, disk } = linked()
  workspace.write('data/runs/1/w', 'w')
  workspace.shell('ln -s . data/runs/itself; ln -s / data/all; ln -s nowhere data/gone; ln -s ../README data/other')
  workspace.shell('ln -s 1 data/runs/latest; ln -s ../out data/later')
  workspace.must('run', '-q', 'python3', 'sum.py')
  expect(linksOf(workspace, '@1')).toEqual({ 'link/data/raw': join(disk, 'set'), 'link/data/later': 'out' })
  workspace.must('run', '-q', 'cat', 'data/runs/latest/w')
  expect(linksOf(workspace, '@2')).toEqual({ 'link/data/runs/latest': 'data/runs/1' })
  workspace.must('run', '-q', 'sh', '-c', 'ln -s 1 data/runs/mine; cat data/runs/mine/w')
  expect(linksOf(workspace, '@3')).toEqual({ 'link/data/runs/latest': 'data/runs/1' })
})

it('A link that the commit has is part of the commit', () => {
  const { workspace } = linked()
  workspace.shell('rm -r data; ln -s ../disk/set raw; git add raw')
  workspace.commit()
  workspace.must('run', '-q', 'cat', 'raw/a')
  expect(linksOf(workspace, '@1')).toEqual({})
})

it('Where the data lies there still, the link is made again', async () => {
  const { workspace, disk } = linked()
  workspace.must('run', '-q', 'python3', 'sum.py')
  const verdict = await makeAgain(workspace, 'out/model')
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
  expect(readlinkSync(join(verdict.directory, 'data/raw'))).toBe(join(disk, 'set'))
})

// -S: what lies in this machine's site-packages is no part of these jobs, or an environment of it would be made for each. The test before has one.
it('Where it lies elsewhere, it is put at the name by which the program knows it', async () => {
  const { workspace, disk } = linked()
  workspace.must('run', '-q', 'python3', '-S', 'sum.py')
  const url = await serve(workspace)
  workspace.must('config', 'set', 'registry.url', url)
  workspace.must('register', 'out/model', '-y')
  const [digest] = workspace.must('hash', 'out/model').out.split(' ') as [string]
  workspace.shell(`mv '${disk}' '${disk}.moved'; rm -rf -- * .roar .git`)
  const words = ['reproduce', digest, '--registry', url, '--run', '--json', '--inputs', `${disk}.moved`]
  expect(verdictOf(elsewhere(workspace, ...words))).toMatchObject({ verdict: 'identical', holds: true })
})

it('What a job made behind a link is made below its name, in the directory of the reproduction', async () => {
  const { workspace, disk } = linked()
  workspace.shell('mkdir ../disk/results; ln -s ../disk/results out')
  workspace.shell('printf "out\\n" >> .git/info/exclude')
  workspace.must('run', '-q', 'python3', '-S', 'sum.py')
  workspace.must('run', '-q', 'sh', '-c', 'wc -l < "$0" > out/size', `${disk}/results/model`)
  const verdict = await makeAgain(workspace, 'out/size')
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
  expect(verdict.steps).toHaveLength(2)
  const made = [...verdict.intermediate, ...verdict.outputs]
  expect(made.map((one: { path: string }) => one.path)).toEqual(['out/model', 'out/size'])
})

it('Links within the workspace are made again, and a script has all of them', () => {
  const { workspace } = linked()
  workspace.write('data/seed', '7\n')
  workspace.must('run', '-q', 'sh', '-c', 'mkdir -p out/run-1 && cat data/seed > out/run-1/w')
  workspace.shell('ln -s run-1 out/latest')
  workspace.must('run', '-q', 'sh', '-c', 'cat out/latest/w data/raw/a > out/all')
  const before = workspace.shell('cat out/all').out
  const verdict = verdictOf(workspace.must('reproduce', 'out/all', '--run', '--json', '--dir', '../again'))
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
  expect(readlinkSync(join(verdict.directory, 'out/latest'))).toBe('run-1')
  const { out } = workspace.must('reproduce', 'out/all', '--script')
  workspace.write('again.sh', out)
  expect(workspace.shell('sh again.sh ../fresh')).toMatchObject({ code: 0 })
  expect(workspace.shell('cat ../fresh/work/roar-workspace/out/all').out).toBe(before)
})
