/** Registered on one machine, made again on another by its digest alone; and environments that are made anew. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { PublishedRecipe } from '@roar/core'
import { afterEach, describe, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { elsewhere, files, leave, project, serve, verdictOf } from './two-machines.ts'
import { makeWheels } from './wheels.ts'
import { roarBin, type Said } from './workspace.ts'

afterEach(leave)

describe('roar reproduce on another machine', () => {
  it('makes a registered artifact again by its digest alone, and the registry is told how it went', async () => {
    const workspace = project({ 'src.txt': '1\n2\n', 'a.sh': 'mkdir -p out; sort -r src.txt > out/sorted\n' })
    workspace.must('run', 'sh', 'a.sh')
    workspace.must('run', 'sh', '-c', 'wc -l < out/sorted > out/lines')
    const url = await serve(workspace)
    workspace.must('config', 'set', 'registry.url', url)
    workspace.must('register', 'out/lines', '-y')
    const [digest] = workspace.must('hash', 'out/lines').out.split(' ') as [string]
    workspace.shell('rm -rf out .git .roar src.txt')

    const plan = JSON.parse(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--json').out)
    expect(schemaErrors(plan)).toEqual([])
    expect(plan).toMatchObject({ ready: true, origin: url, repositories: [join(workspace.place, 'origin.git')] })
    const said = elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--register', '--json')
    const verdict = verdictOf(said)
    expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
    expect(said.code).toBe(0)
    expect(readFileSync(join(verdict.directory, 'out/lines'), 'utf8').trim()).toBe('2')

    const answer = await fetch(`${url}/api/v1/artifacts/blake3:${digest}/receipts`)
    const receipts = (await answer.json()) as { items: { receipt_id: string; verdict: string }[] }
    const counts = { identical: 1, content: 0, tolerance: 0, different: 0, missing: 0, uncompared: 0 }
    expect(receipts.items).toMatchObject([{ receipt_id: verdict.receipt, verdict: 'identical', document: { counts } }])
    const kept = JSON.parse(workspace.execute(roarBin, ['-C', verdict.directory, 'show', digest, '--json'], {}).out)
    expect(schemaErrors(kept)).toEqual([])
    expect(kept.artifact.reproductions).toMatchObject([{ receipt: verdict.receipt, verdict: 'identical' }])
  })

  it('carries a content to the name by which a later session read it', async () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; seq 5 > out/a\n' })
    workspace.must('run', 'sh', 'a.sh')
    workspace.must('run', 'ln', 'out/a', 'out/linked')
    workspace.must('reset')
    workspace.must('run', 'sh', '-c', 'sort -r out/linked > out/sorted')
    const url = await serve(workspace)
    workspace.must('config', 'set', 'registry.url', url)
    workspace.must('register', 'out/sorted', '-y')
    const [digest] = workspace.must('hash', 'out/sorted').out.split(' ') as [string]
    const verdict = verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
    expect(verdict).toMatchObject({ verdict: 'identical', holds: true })
  })

  it('tells steps of one name apart that two sessions have in a lineage: in what is fetched for each, and in what was asked for', async () => {
    const first = 'mkdir -p out; cat out/in > out/first; date +%s%N > out/log'
    const second = 'cat out/first out/in > out/second; echo fixed > out/log'
    const workspace = project({ 'a.sh': first, 'b.sh': second })
    const url = await serve(workspace)
    workspace.must('config', 'set', 'registry.url', url)
    workspace.write('out/in', '1\n').must('run', 'sh', 'a.sh')
    workspace.must('register', 'out/first', '-y')
    workspace.must('reset')
    workspace.write('out/in', '2\n').must('run', 'sh', 'b.sh')
    workspace.must('register', 'out/log', '-y')
    const [digest] = workspace.must('hash', 'out/log').out.split(' ') as [string]
    const kept = workspace.write('kept/one', '1\n').write('kept/two', '2\n').root
    const given = ['--registry', url, '--inputs', join(kept, 'kept')]
    const said = elsewhere(workspace, 'reproduce', digest, ...given, '--run', '--json')
    const verdict = verdictOf(said)
    expect(verdict.outputs).toMatchObject([{ path: 'out/log', verdict: 'identical' }])
    expect(verdict.intermediate.map(({ path, verdict }: { path: string; verdict: string }) => [path, verdict])).toEqual(
      expect.arrayContaining([
        ['out/first', 'identical'],
        ['out/log', 'different'],
        ['out/second', 'identical'],
      ]),
    )
    expect([said.code, verdict.verdict]).toEqual([0, 'identical'])
  })

  it('is told of it by one option, alone or with an address, in every command that looks up', async () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; echo 1 > out/one\n' })
    workspace.must('run', 'sh', 'a.sh')
    workspace.must('run', 'sh', '-c', 'cat out/one out/one > out/two')
    const url = await serve(workspace)
    workspace.must('config', 'set', 'registry.url', url)
    const { session_hash } = JSON.parse(workspace.must('register', 'out/two', '-y', '--json').out).published
    const [digest] = workspace.must('hash', 'out/two').out.split(' ') as [string]
    const answer = (said: Said) => verdictOf(said)
    for (const words of [['--registry'], ['--registry', url], [`--registry=${url}`]]) {
      expect(answer(workspace.roar('show', digest, ...words, '--json')).artifact.hash).toBe(digest)
      expect(answer(workspace.roar('lineage', 'out/two', ...words, '--json')).lineage.nodes).toHaveLength(5)
      expect(answer(workspace.roar('find', ...words, digest, '--json')).registry.artifact.hash).toBe(digest)
      expect(answer(workspace.roar('reproduce', digest, ...words, '--json')).origin).toBe(url)
    }
    const session = answer(elsewhere(workspace, 'show', `session:${session_hash}`, '--registry', url, '--json')).session
    expect(session.jobs).toHaveLength(2)
    expect(elsewhere(workspace, 'show', digest, '--registry', url).out).toContain('produced by (1)')
    expect(elsewhere(workspace, 'lineage', digest, '--registry', url).out).toContain('out/two')
    expect(elsewhere(workspace, 'show', '77'.repeat(16), '--registry', url).code).toBe(1)
    expect(elsewhere(workspace, 'show', digest, '--registry').err).toContain('registry.url')
  })

  it('finds the workspace again where it lay below its repository’s root', async () => {
    const workspace = project({ 'deep/er/src.txt': '1\n2\n', 'deep/er/.gitignore': '.roar/\nout/\n' })
    const inside = (script: string) => workspace.shell(`cd deep/er && ${script}`)
    inside('$roar init -q && git add -A && git commit -qm inner && git push -q origin HEAD:main')
    inside('$roar run -q sh -c "mkdir -p out; sort -r src.txt > out/sorted"')
    const url = await serve(workspace)
    const registered = inside(`$roar config set registry.url ${url} && $roar register out/sorted -y`)
    expect(registered.code).toBe(0)
    const [digest] = inside('$roar hash out/sorted').out.split(' ') as [string]
    const verdict = verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
    expect(verdict).toMatchObject({ verdict: 'identical' })
    expect(verdict.directory).toBe(join(workspace.place, `elsewhere/reproduced-${digest.slice(0, 12)}/work/deep/er`))
  })

  it('clones the repository into the workspace that enclosed it', async () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; sort src.txt > out/a; cp out/a ../b\n', 'src.txt': '2\n1\n' })
    const inside = (script: string) => workspace.shell(`cd ../outer && ${script}`)
    workspace.shell('mkdir ../outer && git clone -q -b main ../origin.git ../outer/code')
    expect(inside('$roar init -q && cd code && $roar run -q sh a.sh').code).toBe(0)
    expect(inside('$roar run -q sh -c "wc -l < b > c"').code).toBe(0)
    const local = inside('$roar reproduce c --run --json --dir ../again')
    expect(verdictOf(local)).toMatchObject({ verdict: 'identical', directory: join(workspace.place, 'again/work') })
    const url = await serve(workspace)
    expect(inside(`ROAR_REGISTRY_URL=${url} $roar register c -y`).code).toBe(0)
    const [digest] = inside('$roar hash c').out.split(' ') as [string]
    inside('rm -r ../outer')
    const verdict = verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
    expect(verdict).toMatchObject({ verdict: 'identical', intermediate: [{ path: 'b' }, { path: 'code/out/a' }] })
  })

  it('runs the program of the workspace, and not one of the same name at the repository’s root', async () => {
    const files = { 'a.sh': 'echo of the root > out/a\n', 'deep/a.sh': 'echo of the workspace > out/a\n' }
    const workspace = project({ ...files, 'deep/.gitignore': '.roar/\nout/\n' })
    const inside = (script: string) => workspace.shell(`cd deep && ${script}`)
    expect(inside('$roar init -q && mkdir out && $roar run -q sh a.sh').code).toBe(0)
    const url = await serve(workspace)
    const registered = inside(`ROAR_REGISTRY_URL=${url} $roar register out/a -y --json`)
    expect(registered.code).toBe(0)
    const [digest] = inside('$roar hash out/a').out.split(' ') as [string]
    const recipe = (await (
      await fetch(`${url}/api/v1/artifacts/blake3:${digest}/reproduction`)
    ).json()) as PublishedRecipe
    expect(recipe.jobs[0]?.record).toMatchObject({ git: { workspace: 'deep' } })
    const verdict = verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
    expect(verdict).toMatchObject({ verdict: 'identical' })
    expect(verdict.directory).toMatch(/\/work\/deep$/)
  })

  it('fetches again what roar get had fetched, and proves it by its digest', async () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; sort data/in.csv > out/sorted\n' })
    const address = await files(workspace, { 'in.csv': '2\n1\n' })
    workspace.must('get', `${address}/in.csv`, 'data/in.csv')
    workspace.must('run', 'sh', 'a.sh')
    workspace.shell('rm -r data')
    const again = (name: string) =>
      workspace.roar('reproduce', 'out/sorted', '--run', '--json', '--dir', join(workspace.place, name))
    expect(verdictOf(again('first'))).toMatchObject({ verdict: 'identical' })
    // The same address has other bytes now.
    workspace.write('../served/in.csv', '9\n9\n')
    expect(again('second').err).toContain('its content is another')
  })

  it('says that neither the workspace nor the registry knows a digest', async () => {
    const workspace = project({})
    const url = await serve(workspace)
    const said = elsewhere(workspace, 'reproduce', 'ab'.repeat(32), '--registry', url)
    expect(said.code).toBe(1)
    expect(said.err).toContain('ROAR_REF_UNKNOWN')
  })
})

/** Debian divides the two: without ensurepip an environment has no pip. */
const python = spawnSync('python3', ['-c', 'import venv, ensurepip']).status === 0

describe('roar reproduce with Python', () => {
  it('refuses an environment in which a recorded version is no longer to be had, or takes another and says so', (context) => {
    if (!python) return context.skip('python3 with venv is not installed')
    const workspace = project({
      'job.py': "import os, greeting\nos.makedirs('out', exist_ok=True)\nopen('out/v', 'w').write(greeting.VERSION)\n",
    })
    const wheels = makeWheels(workspace, '1.0', '1.1')
    Object.assign(workspace.env, {
      PIP_NO_INDEX: '1',
      PIP_FIND_LINKS: wheels,
      PYENV_VERSION: process.env.PYENV_VERSION,
    })
    workspace.shell('python3 -m venv venv && venv/bin/pip install -q greeting==1.0')
    workspace.must('run', 'venv/bin/python', 'job.py')
    const again = (name: string, ...words: string[]) =>
      workspace.roar('reproduce', 'out/v', '--run', '--json', '--dir', join(workspace.place, name), ...words)
    workspace.shell(`rm ${wheels}/greeting-1.0-*`)
    const refused = again('refused')
    expect(refused.code).toBe(1)
    expect(refused.err).toContain('ROAR_REPRODUCE_ENVIRONMENT')
    const other = again('other', '--any-version')
    expect(other.code).toBe(3)
    expect(verdictOf(other)).toMatchObject({
      verdict: 'different',
      substitutions: ['greeting 1.0 is not to be had; another version stands in for it'],
      outputs: [{ path: 'out/v', difference: 'line 1: "1.0", now "1.1"' }],
    })
  })

  it('makes arrays of NumPy again in an environment of its own', (context) => {
    if (!python) return context.skip('python3 with venv is not installed')
    const make =
      "import numpy as np, os\nos.makedirs('out', exist_ok=True)\nnp.save('out/x.npy', np.random.default_rng(1).normal(size=1000))\n"
    const fit =
      "import numpy as np\nx = np.load('out/x.npy')\nnp.savez_compressed('out/fit.npz', mean=x.mean(), spread=x.std())\n"
    const workspace = project({ 'make.py': make, 'fit.py': fit })
    Object.assign(workspace.env, { ...packageSettings(), PYENV_VERSION: process.env.PYENV_VERSION })
    const made = workspace.shell('python3 -m venv venv && timeout 50 venv/bin/pip install -q --retries 1 numpy')
    if (made.code !== 0) return context.skip(`NumPy cannot be installed: ${made.err.slice(-200)}`)
    workspace.shell('. venv/bin/activate && $roar run python make.py && $roar run python fit.py')
    const said = workspace.execute(
      roarBin,
      ['reproduce', 'out/fit.npz', '--run', '--json', '--accept', 'content', '--dir', join(workspace.place, 'again')],
      {},
    )
    const verdict = verdictOf(said)
    expect(verdict.holds).toBe(true)
    expect(verdict.intermediate).toMatchObject([{ path: 'out/x.npy', verdict: 'identical' }])
    expect(said.code).toBe(0)
  }, 300_000)
})

/** How this machine reaches its packages. */
const packageSettings = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(PIP_|UV_|HTTPS?_PROXY|https?_proxy|NO_PROXY|SSL_CERT)/.test(name),
    ),
  )
