/** Jobs in an environment of conda, made again on another machine by whichever of its programs is there. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, type TestContext } from 'vitest'
import { makeCondaChannel } from './conda-channel.ts'
import { give, hasTool, onPath, skipWithout } from './tools.ts'
import { leave, makeAgain, project } from './two-machines.ts'
import { makeWheels } from './wheels.ts'
import type { TestWorkspace } from './workspace.ts'

afterEach(leave)

const names = ['micromamba', 'mamba', 'conda'] as const
/** No registry of packages that roar is developed with has one of them. */
const conda = onPath(...names)
const program = names.find((name) => hasTool(onPath(name))) as string

function prepared(context: TestContext, files: Readonly<Record<string, string>>, ...words: 'python'[]): TestWorkspace {
  skipWithout(conda, context)
  const workspace = project(files)
  const { CONDA_SOLVER, PYENV_VERSION } = process.env
  Object.assign(workspace.env, { PYENV_VERSION })
  const channel = makeCondaChannel(workspace, ...words)
  give(workspace, conda, {
    CONDA_CHANNELS: channel,
    CONDA_PKGS_DIRS: join(workspace.place, 'pkgs'),
    // The channel has none.
    CONDA_ADD_PIP_AS_PYTHON_DEPENDENCY: 'false',
    CONDA_SOLVER,
  })
  return workspace
}

/** With the environment activated. */
function run(workspace: TestWorkspace, script: string): void {
  const done = workspace.shell(`PATH="$(realpath ../conda-env)/bin:$PATH"; ${script}`)
  if (done.code !== 0) throw new Error(done.out + done.err)
}

const create = (...packages: string[]): string =>
  `${program} create --yes --quiet --prefix ../conda-env ${packages.join(' ')}`
const forget = 'rm -rf ../conda-env ../pkgs'

describe('roar reproduce with conda', () => {
  it('makes an environment with the recorded versions and builds', async (context) => {
    const workspace = prepared(context, { 'job.sh': 'mkdir -p out; greet > out/v\n' })
    expect(workspace.shell(create('greeting=1.0=b0')).code).toBe(0)
    run(workspace, '$roar run sh job.sh')
    expect(workspace.job('@1').packages).toContainEqual(
      expect.objectContaining({ ecosystem: 'conda', name: 'greeting', version: '1.0' }),
    )
    workspace.shell(forget)
    const verdict = await makeAgain(workspace, 'out/v')
    expect(verdict).toMatchObject({ verdict: 'identical', substitutions: [] })
    expect(readFileSync(join(verdict.directory, 'out/v'), 'utf8')).toBe('hello 1.0 b0\n')
  }, 180_000)

  it('has the Python of conda, and what pip had installed into it', async (context) => {
    const own = spawnSync('python3', ['-c', 'import sys, ensurepip; print(sys.base_prefix)'], { encoding: 'utf8' })
    if (own.status !== 0 || own.stdout.trim() === '/usr')
      return context.skip('the Python here cannot be moved elsewhere')
    const job =
      "import os, sys, greeting\nos.makedirs('out', exist_ok=True)\nopen('out/v', 'w').write(greeting.VERSION)\n"
    const workspace = prepared(context, { 'job.py': job }, 'python')
    const wheels = makeWheels(workspace, '1.0', '1.1')
    Object.assign(workspace.env, { PIP_NO_INDEX: '1', PIP_FIND_LINKS: wheels })
    expect(workspace.shell(create('python')).code).toBe(0)
    run(workspace, 'python -m ensurepip && python -m pip install -q greeting==1.0 && $roar run python job.py')
    const used = workspace.job('@1').packages.map((one) => `${one.ecosystem} ${one.name}`)
    expect(used).toEqual(expect.arrayContaining(['conda python', 'pypi greeting']))
    workspace.shell(forget)
    const verdict = await makeAgain(workspace, 'out/v')
    expect(verdict).toMatchObject({ verdict: 'identical', substitutions: [] })
  }, 300_000)
})
