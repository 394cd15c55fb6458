/** Data and results often lie beside the repository: `../data/a.csv`, `--out /mnt/results`. A reproduction has room for them in its own directory. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { elsewhere, leave, project, serve, verdictOf } from './two-machines.ts'
import { roarBin, type TestWorkspace } from './workspace.ts'

afterEach(leave)

const copy = `import sys
source, target = sys.argv[1:]
open(target, 'w').write(open(source).read().upper())
`

/** Registers there, takes what lies beside the workspace away, and makes it again here. */
async function elsewhereAgain(workspace: TestWorkspace, output: string, taken: string) {
  const url = await serve(workspace)
  workspace.must('config', 'set', 'registry.url', url)
  workspace.must('register', output, '-y')
  const [digest] = workspace.must('hash', output).out.split(' ') as [string]
  const away = join(workspace.place, 'away')
  workspace.shell(`mv '${join(workspace.place, taken)}' '${away}'; rm -rf -- * .roar .git`)
  return verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json', '--inputs', away))
}

const beside = (workspace: TestWorkspace, name: string, text: string): void => {
  mkdirSync(join(workspace.place, 'data'), { recursive: true })
  writeFileSync(join(workspace.place, 'data', name), text)
}

it('A program that reads ../data finds it where it lies, or where it is put', async () => {
  const workspace = project({ 'copy.py': copy, 'read.py': "open('out', 'w').write(open('../data/in').read())\n" })
  workspace.shell('printf "out\\n" >> .git/info/exclude')
  beside(workspace, 'in', 'words\n')
  workspace.must('run', '-q', 'python3', 'read.py')
  const { facts } = JSON.parse(workspace.must('show', '@1', '--json').out).job.environment
  expect(facts).toMatchObject({ 'directory/..': workspace.place })
  const here = workspace.must('reproduce', 'out', '--run', '--json', '--dir', '../again')
  expect(verdictOf(here)).toMatchObject({ verdict: 'identical', holds: true })
  expect(await elsewhereAgain(workspace, 'out', 'data')).toMatchObject({ verdict: 'identical', holds: true })
})

// -S: what lies in this machine's site-packages is no part of these jobs, or an environment of it would be made for each. The first test has one.
it('What was made beside the workspace is made beside that of the reproduction, and nowhere else', async () => {
  const workspace = project({ 'copy.py': copy })
  beside(workspace, 'in', 'words\n')
  workspace.must('run', '-q', 'python3', '-S', 'copy.py', '../data/in', '../data/made')
  workspace.must('run', '-q', 'sh', '-c', 'mkdir -p out && rev ../data/made > out/made')
  const verdict = await elsewhereAgain(workspace, 'out/made', 'data')
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true, steps: [{}, {}] })
  expect(existsSync(join(workspace.place, 'data'))).toBe(false)
  expect(existsSync(join(verdict.directory, '../data/made'))).toBe(true)
})

it('So are the files behind its standard streams', async () => {
  const workspace = project({})
  beside(workspace, 'in', 'words\n')
  workspace.shell('$roar run -q tr a-z A-Z < ../data/in > ../data/made')
  workspace.must('run', '-q', 'sh', '-c', 'mkdir -p out && rev ../data/made > out/made')
  const verdict = await elsewhereAgain(workspace, 'out/made', 'data')
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true, steps: [{}, {}] })
})

it('A program that writes there by a path of its own code is refused: the path may be absolute', () => {
  const workspace = project({ 'write.py': "open('../data/made', 'w').write('x')\n" })
  beside(workspace, 'in', 'words\n')
  workspace.must('run', '-q', 'python3', '-S', 'write.py')
  const said = workspace.roar('reproduce', '../data/made', '--run', '--dir', '../again')
  expect(said).toMatchObject({ code: 1 })
  expect(said.err).toContain('ROAR_REPRODUCE_OUTSIDE')
  expect(existsSync(join(workspace.place, 'again/work'))).toBe(false)
})

it('Absolute words of a command name the new places', () => {
  // Too deep for what lies beside the project to be near.
  const workspace = project({ 'a/b/c/d/copy.py': copy })
  const deep = { cwd: join(workspace.root, 'a/b/c/d') }
  workspace.shell('rm -rf .roar')
  beside(workspace, 'in', 'words\n')
  const far = join(workspace.place, 'data')
  const roar = (...words: string[]) => {
    const said = workspace.execute(roarBin, words, deep)
    expect(said).toMatchObject({ code: 0 })
    return said
  }
  roar('init', '-q')
  roar('run', '-q', 'python3', '-S', 'copy.py', `${far}/in`, `${far}/made`)
  roar('run', '-q', 'sh', '-c', 'mkdir -p out; rev "$0" > out/made', `${far}/made`)
  workspace.shell(`rm '${far}/made'`)
  const again = roar('reproduce', 'out/made', '--run', '--json', '--dir', join(workspace.place, 'again'))
  expect(verdictOf(again)).toMatchObject({ verdict: 'identical', holds: true })
  workspace.write('again.sh', roar('reproduce', 'out/made', '--script').out)
  expect(workspace.shell('sh again.sh ../fresh')).toMatchObject({ code: 0 })
  expect(workspace.shell('cat ../fresh/work/a/b/c/d/out/made').out).toBe(workspace.shell('cat a/b/c/d/out/made').out)
  expect(existsSync(join(far, 'made'))).toBe(false)
  expect(existsSync(join(workspace.place, `again/work/a/b/c/outside${far}/made`))).toBe(true)
})

it('A workspace below the root of its repository has the files of the repository beside it', async () => {
  const workspace = project({
    'shared/factor': '6',
    'sub/scale.py': "open('result', 'w').write(str(7 * int(open('../shared/factor').read())))\n",
  })
  workspace.shell('printf "result\\n" >> .git/info/exclude')
  workspace.shell('rm -rf .roar')
  const below = { cwd: join(workspace.root, 'sub') }
  workspace.execute(roarBin, ['init', '-q'], below)
  workspace.execute(roarBin, ['run', '-q', 'python3', '-S', 'scale.py'], below)
  const url = await serve(workspace)
  const said = workspace.execute(roarBin, ['register', 'result', '-y', '--registry', url], below)
  expect(said).toMatchObject({ code: 0 })
  const [digest] = workspace.execute(roarBin, ['hash', 'result'], below).out.split(' ') as [string]
  workspace.shell('rm -rf -- * .roar .git')
  const verdict = verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
  expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
})
