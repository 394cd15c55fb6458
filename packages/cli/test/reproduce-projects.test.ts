/** A project that is installed in place (`pip install -e .`), and a package that was installed from a repository: no index has either. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, it } from 'vitest'
import { leave, makeAgain, project, verdictOf } from './two-machines.ts'
import type { TestWorkspace } from './workspace.ts'

afterEach(leave)

const settings = (name: string) => `[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "${name}"
version = "0.3"
`

const purls = (workspace: TestWorkspace): readonly string[] =>
  JSON.parse(workspace.must('show', '@1', '--json').out)
    .job.packages.filter((one: { ecosystem: string }) => one.ecosystem === 'pypi')
    .map((one: { purl: string }) => one.purl)

const planOf = (workspace: TestWorkspace) => verdictOf(workspace.must('reproduce', 'out/v', '--json'))

/** With the environment's own setuptools, so that nothing is fetched. */
const install = (workspace: TestWorkspace, what: string): void => {
  const said = workspace.shell(
    `python3 -m venv venv && venv/bin/pip install -q setuptools wheel 2>/dev/null; venv/bin/pip install -q --no-build-isolation --no-deps ${what}`,
  )
  expect(said).toMatchObject({ code: 0 })
}

it('The project itself is installed in place again', async () => {
  const workspace = project({
    'pyproject.toml': `${settings('mine')}[tool.setuptools.packages.find]\nwhere = ["src"]\n`,
    'src/mine/__init__.py': 'answer = 42\n',
    'job/run.py': "import mine, os\nos.makedirs('out', exist_ok=True)\nopen('out/v', 'w').write(str(mine.answer))\n",
  })
  workspace.write('.git/info/exclude', '*.egg-info\n__pycache__\nbuild/\n')
  install(workspace, '-e .')
  workspace.must('run', '-q', 'venv/bin/python', 'job/run.py')
  expect(purls(workspace)).toContain('pkg:pypi/mine@0.3?editable=.')
  expect(JSON.parse(workspace.must('show', '@1', '--json').out).job.inputs).toMatchObject([
    { path: 'job/run.py', in_commit: true },
    { path: 'src/mine/__init__.py', in_commit: true },
  ])
  expect(workspace.must('reproduce', 'out/v', '--script').out).toContain(
    'venv/bin/python -m pip install --no-deps --editable .\n',
  )
  const [environment] = planOf(workspace).environments
  expect(environment.projects).toEqual(['.'])
  expect(await makeAgain(workspace, 'out/v')).toMatchObject({ verdict: 'identical', holds: true })
}, 180_000)

it('A package from a repository comes from its commit again', async () => {
  const workspace = project({
    'run.py': "import lent, os\nos.makedirs('out', exist_ok=True)\nopen('out/v', 'w').write(lent.answer)\n",
  })
  const lent = join(workspace.place, 'lent')
  mkdirSync(lent)
  writeFileSync(join(lent, 'lent.py'), "answer = 'first'\n")
  writeFileSync(join(lent, 'pyproject.toml'), `${settings('lent')}[tool.setuptools]\npy-modules = ["lent"]\n`)
  const there = (script: string) => workspace.execute('sh', ['-c', script], { cwd: lent }).out.trim()
  there('git init -q')
  const commit = () => there('git add -A && git commit -qm x && git rev-parse HEAD')
  const first = commit()
  install(workspace, `git+file://${lent}`)
  workspace.must('run', '-q', 'venv/bin/python', 'run.py')
  expect(purls(workspace)).toContain(
    `pkg:pypi/lent@0.3?vcs_url=git%2Bfile:%2F%2F${lent.replaceAll('/', '%2F')}%40${first}`,
  )
  const [environment] = planOf(workspace).environments
  expect(environment.packages).toContainEqual(
    expect.objectContaining({ name: 'lent', repository: `git+file://${lent}@${first}` }),
  )
  expect(workspace.must('reproduce', 'out/v').out).toContain(`git+file://${lent}@${first}`)
  writeFileSync(join(lent, 'lent.py'), "answer = 'second'\n")
  commit()
  expect(await makeAgain(workspace, 'out/v')).toMatchObject({ verdict: 'identical', holds: true })
}, 180_000)
