/** What a shell puts behind a command's standard streams is in no word of the command, and belongs to it all the same. */
import { afterEach, expect, it } from 'vitest'
import { elsewhere, leave, makeAgain, project } from './two-machines.ts'

afterEach(leave)

const made = () => {
  const workspace = project({ 'sub/in': 'banana\n', 'sub/say.sh': 'cat; echo said >&2; echo last\n' })
  const run = (script: string) => {
    const said = workspace.shell(`cd sub && mkdir -p ../out && ${script}`)
    if (said.code !== 0) throw new Error(said.err)
  }
  run('$roar run -q tr a b < in > ../out/first')
  run('$roar run -q sh say.sh < ../out/first >> ../out/first.copy')
  run('$roar run -q sh say.sh again < ../out/first.copy > "../out/it\'s all" 2>&1')
  return workspace
}

it('A step is made again with the files that its standard streams were', async () => {
  const workspace = made()
  const { job } = JSON.parse(workspace.must('show', '@2', '--json').out)
  expect(job.environment.facts).toMatchObject({
    'stdin.file': '../out/first',
    'stdout.file': '../out/first.copy',
    'stdout.appends': 'yes',
  })
  const verdict = await makeAgain(workspace, "out/it's all")
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
  expect(verdict.steps).toHaveLength(3)
})

it('The script has them as a shell writes them', () => {
  const workspace = made()
  const before = workspace.shell('cat "out/it\'s all"').out
  const { out } = workspace.must('reproduce', "out/it's all", '--script')
  expect(out).toContain('tr a b < in > ../out/first')
  expect(out).toContain('sh say.sh < ../out/first >> ../out/first.copy')
  expect(out).toContain("< ../out/first.copy > '../out/it'\\''s all' 2>&1")
  workspace.write('again.sh', out)
  expect(workspace.shell('sh again.sh ../fresh')).toMatchObject({ code: 0 })
  expect(workspace.shell('cat "../fresh/work/out/it\'s all"').out).toBe(before)
})

it('A member of a set that a job was told to write and another to read is one of its streams', async () => {
  const workspace = project({ in: '3\n1\n2\n' })
  for (const [at, from] of [
    [0, 'in'],
    [1, 'in'],
    [2, 'in'],
  ])
    workspace.shell(`mkdir -p out; $roar run -q tr 1-3 ${at}5-6 < ${from} > out/part-${at}.txt`)
  workspace.shell('$roar run -q sort < out/part-1.txt > out/sorted')
  expect(await makeAgain(workspace, 'out/sorted')).toMatchObject({ verdict: 'identical', holds: true })
})

it('A pipe is named: what came through it is in no file', () => {
  const workspace = project({ in: 'x\n' })
  workspace.shell('mkdir -p out; cat in | $roar run -q tr x y > out/piped')
  const { job } = JSON.parse(workspace.must('show', '@1', '--json').out)
  expect(job.environment.facts).toMatchObject({ stdin: 'pipe', 'stdout.file': 'out/piped' })
  expect(workspace.must('reproduce', 'out/piped').out).toContain('@1 had a pipe for its standard input')
})

it('Where a log lies that a job was started with is not published', () => {
  const workspace = project({ in: 'x\n' })
  workspace.shell('$roar run -q sh -c "mkdir -p out; cat in > out/end" >> ../log')
  expect(JSON.parse(workspace.must('show', '@1', '--json').out).job.environment.facts['stdout.file']).toBe('../log')
  const [sent] = JSON.parse(workspace.must('register', 'out/end', '--dry-run', '--json').out).sent.jobs
  expect(Object.keys(sent.environment.facts).filter((name) => name.startsWith('stdout'))).toEqual([])
  const again = elsewhere(workspace, '-C', workspace.root, 'reproduce', 'out/end', '--script')
  expect(again.out).not.toContain('../log')
})
