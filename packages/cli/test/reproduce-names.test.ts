/** Programs that give their outputs a new name at each run: a directory by date and time. */
import { afterEach, expect, it } from 'vitest'
import { leave, project, verdictOf } from './two-machines.ts'

afterEach(leave)

const train = `import os, sys, time
at = f'out/{time.time_ns()}'
os.makedirs(at)
open(at + '/model.txt', 'w').write('weights')
open(at + '/seen.txt', 'w').write(sys.argv[1] if len(sys.argv) > 1 else at)
print(at)
`

it('An output that was made under another name is judged by its content, and brought to the name by which a later step reads it', () => {
  const workspace = project({ 'train.py': train })
  const at = workspace.must('run', '-q', 'python3', 'train.py').out.trim()
  workspace.must('run', '-q', 'sh', '-c', 'rev "$0" > out/end', `${at}/model.txt`)
  const verdict = verdictOf(workspace.must('reproduce', 'out/end', '--run', '--json', '--dir', '../again'))
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
  const [model] = verdict.intermediate.filter((one: { path: string }) => one.path === `${at}/model.txt`)
  expect(model).toMatchObject({ verdict: 'identical' })
  expect(model.difference).toMatch(/^made as out\/\d+\/model\.txt$/)
})

// -S: what lies in this machine's site-packages is no part of these jobs, or an environment of it would be made for each. The first test has one.
it('One that is called the same in another directory is compared; where nothing is alike, it is missing', () => {
  const workspace = project({ 'train.py': train })
  const at = workspace.must('run', '-q', 'python3', '-S', 'train.py').out.trim()
  const said = workspace.roar('reproduce', `${at}/seen.txt`, '--run', '--json', '--dir', '../again')
  expect(said.code).toBe(3)
  const [seen] = verdictOf(said).outputs
  expect(seen).toMatchObject({ path: `${at}/seen.txt`, verdict: 'different' })
  expect(seen.difference).toMatch(/^made as out\/\d+\/seen\.txt: /)

  workspace.write('other.py', "import time\nopen(f'data/{time.time_ns()}', 'w').write(str(time.time_ns()))\n")
  workspace.shell('mkdir -p data; git add -A; git commit -qm other; git push -q origin HEAD:main')
  workspace.must('run', '-q', 'python3', '-S', 'other.py')
  const [made] = JSON.parse(workspace.must('show', '@2', '--json').out).job.outputs
  const missed = workspace.roar('reproduce', made.path, '--run', '--json', '--dir', '../third')
  expect(verdictOf(missed)).toMatchObject({ verdict: 'missing', holds: false })
})
