/** Jobs in environments of uv, npm, pnpm and Yarn: recorded on one machine, made again on another by their digest alone, each tool really run. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it, type TestContext } from 'vitest'
import { fromNpm, fromPip, give, skipWithout } from './tools.ts'
import { leave, makeAgain, project } from './two-machines.ts'
import { makeWheels } from './wheels.ts'
import type { TestWorkspace } from './workspace.ts'

afterEach(leave)

describe('roar reproduce with uv', () => {
  const uv = fromPip('uv')
  const job =
    "import os, sys, greeting\nos.makedirs('out', exist_ok=True)\nopen('out/v', 'w').write(greeting.VERSION + ' ' + '.'.join(map(str, sys.version_info[:3])))\n"
  const prepared = (context: TestContext): TestWorkspace => {
    skipWithout(uv, context)
    const workspace = project({ 'job.py': job })
    const wheels = makeWheels(workspace, '1.0', '1.1')
    give(workspace, uv, {
      UV_OFFLINE: '1',
      UV_FIND_LINKS: wheels,
      UV_PYTHON_DOWNLOADS: 'never',
      PYENV_VERSION: process.env.PYENV_VERSION,
    })
    return workspace
  }

  it('makes an environment with the recorded interpreter and versions', async (context) => {
    const workspace = prepared(context)
    const made = workspace.shell('uv venv -q venv && uv pip install -q --python venv greeting==1.0')
    expect(made.err).toBe('')
    workspace.must('run', 'venv/bin/python', 'job.py')
    const expected = readFileSync(join(workspace.root, 'out/v'), 'utf8')
    expect(expected).toMatch(/^1\.0 3\./)
    expect(workspace.must('reproduce', 'out/v').out).toContain('pinned by version, not by hash')
    const verdict = await makeAgain(workspace, 'out/v')
    expect(verdict).toMatchObject({ verdict: 'identical', substitutions: [] })
    expect(readFileSync(join(verdict.directory, 'venv/pyvenv.cfg'), 'utf8')).toContain('uv =')
  }, 120_000)

  it('and lets a step that is `uv run` have what its lock file says', async (context) => {
    const workspace = prepared(context)
    workspace.write('.gitignore', '.roar/\nout/\n.venv/\n')
    workspace.write(
      'pyproject.toml',
      '[project]\nname = "work"\nversion = "0"\nrequires-python = ">=3.8"\ndependencies = ["greeting<1.1"]\n',
    )
    expect(workspace.shell('uv lock -q && git add -A && git commit -qm lock && git push -q origin HEAD:main').err).toBe(
      '',
    )
    const ran = workspace.roar('run', 'uv', 'run', '-q', 'job.py')
    expect(ran.code, ran.err).toBe(0)
    const verdict = await makeAgain(workspace, 'out/v')
    expect(verdict).toMatchObject({ verdict: 'identical', substitutions: [] })
  }, 120_000)
})

/** A package without any registry: a tarball that lies in the repository. */
function nodeProject(workspace: TestWorkspace): void {
  workspace.write('../pack/package.json', '{"name":"greeting","version":"1.0.0","main":"i.js"}\n')
  workspace.write('../pack/i.js', "module.exports = 'hello'\n")
  const packed = workspace.shell('cd ../pack && npm pack --silent')
  if (packed.code !== 0) throw new Error(packed.err)
  mkdirSync(join(workspace.root, 'vendor'))
  copyFileSync(join(workspace.place, 'pack/greeting-1.0.0.tgz'), join(workspace.root, 'vendor/greeting.tgz'))
  workspace.write(
    'package.json',
    '{"name":"work","version":"0.0.0","private":true,"dependencies":{"greeting":"file:vendor/greeting.tgz"}}\n',
  )
  workspace.write(
    'job.js',
    "const fs = require('fs')\nfs.mkdirSync('out', { recursive: true })\nfs.writeFileSync('out/v', require('greeting') + require('greeting/package.json').version)\n",
  )
}

const managers: readonly (readonly [string, string, string, string])[] = [
  ['npm', 'npm@11', 'npm install', 'package-lock.json'],
  ['pnpm', 'pnpm@9', 'pnpm install', 'pnpm-lock.yaml'],
  ['yarn', 'yarn@1', 'yarn install', 'yarn.lock'],
]

describe.each(managers)('roar reproduce with %s', (program, specification, install, lock) => {
  it(`installs what the ${lock} of the commit says`, async (context) => {
    const tool = fromNpm(program, specification)
    skipWithout(tool, context)
    const workspace = project({})
    give(workspace, tool, { YARN_CACHE_FOLDER: join(workspace.place, 'yarn') })
    nodeProject(workspace)
    const made = workspace.shell(`${install} && git add -A && git commit -qm lock && git push -q origin HEAD:main`)
    expect(made.code, made.err).toBe(0)
    expect(workspace.shell(`git ls-files ${lock}`).out).toBe(`${lock}\n`)
    const ran = workspace.roar('run', 'node', 'job.js')
    expect(ran.code, ran.err).toBe(0)
    const verdict = await makeAgain(workspace, 'out/v')
    expect(verdict).toMatchObject({ verdict: 'identical' })
    expect(readFileSync(join(verdict.directory, 'out/v'), 'utf8')).toBe('hello1.0.0')
  }, 180_000)
})
