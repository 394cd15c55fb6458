import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { PackageUse } from '@roar/core'
import { afterAll, describe, expect, it } from 'vitest'
import type { RecipeStep } from '../recipe/recipe.ts'
import type { Plan } from './plan.ts'
import { scriptOf } from './script.ts'

const use = (name: string, version: string | null): PackageUse => ({
  ecosystem: 'pypi',
  name,
  version,
  purl: '',
  location: null,
  modified: [],
})
const script = (packages: readonly PackageUse[]): string =>
  scriptOf({
    recipe: { of: 'out', prefix: '', clone: '', steps: [], targets: [] },
    source: null,
    problems: [],
    inputs: [],
    environments: [{ kind: 'python', version: '3.11.7', at: null, packages, projects: [], steps: [] }],
  } as unknown as Plan)

describe('A script that makes a Python environment', () => {
  it('says that its packages are pinned by version and by no digest', () => {
    const lines = script([use('numpy', '1.26.4'), use('loose', null)]).split('\n')
    const install = lines.findIndex((line) => line.includes('pip install --no-deps numpy==1.26.4'))
    expect(install).toBeGreaterThan(0)
    expect(lines[install - 1]).toMatch(/^# Pinned by version: digests of the archives were not recorded/)
    expect(lines[install]).not.toContain('loose')
  })

  it('says nothing of pins where there are none', () => {
    expect(script([])).not.toContain('Pinned by version')
  })
})

describe('A script that a shell runs', () => {
  const place = mkdtempSync(join(tmpdir(), 'roar-script-'))
  afterAll(() => rmSync(place, { recursive: true, force: true }))
  let runs = 0

  const execute = (...steps: Partial<RecipeStep>[]) => run(planOf(steps))

  function run(plan: Plan) {
    const file = join(place, 'again.sh')
    const at = join(place, String(++runs))
    writeFileSync(file, scriptOf(plan))
    const { status, stderr } = spawnSync('sh', [file, at], { encoding: 'utf8', env: gitEnvironment })
    return { status, stderr, work: join(at, 'work') }
  }
  const read = (work: string, name: string) => readFileSync(join(work, name), 'utf8')

  it('makes the directories of outputs that are in no commit, where the step fails without them', () => {
    const line = "echo x >> tries; echo a > out/deep/a && echo b > 'it is/b'"
    const { status, work, stderr } = execute(step(line, ['out/deep/a', 'it is/b', 'tries']))
    expect(status).toBe(0)
    expect(read(work, 'out/deep/a')).toBe('a\n')
    expect(read(work, 'it is/b')).toBe('b\n')
    expect(read(work, 'tries')).toBe('x\n'.repeat(3))
    expect(stderr).toContain('once more with the directories of its outputs')
  })

  it('leaves directories to a step that makes them itself', () => {
    const { status, work } = execute(step('mkdir out && echo a > out/a', ['out/a']))
    expect(status).toBe(0)
    expect(read(work, 'out/a')).toBe('a\n')
  })

  it('leaves a directory to a step that makes it itself and only fails without the one above it, or without another', () => {
    const made = step('mkdir data/set && echo a > data/set/a', ['data/set/a'])
    const other = step("mkdir 'own dir' && echo a > 'own dir/a' && echo b > out/b", ['own dir/a', 'out/b'])
    const { status, work } = execute(made, other)
    expect(status).toBe(0)
    expect(read(work, 'data/set/a') + read(work, 'own dir/a') + read(work, 'out/b')).toBe('a\na\nb\n')
  })

  it('puts a content where a later step reads it, also when its first name has another one since', () => {
    const file = (path: string, digest: string) => ({ path, kind: 'file', digests: { blake3: digest } })
    const first = { ...step('echo 1 > a', []), outputs: [file('a', '1')] }
    const second = { ...step('echo 2 > a', []), outputs: [file('a', '2')] }
    const reads = { ...step('cat "deep/the link" a > out', ['out']), inputs: [] as object[] }
    reads.inputs = [
      { ...file('deep/the link', '1'), from: 'step' },
      { ...file('a', '2'), from: 'step' },
    ]
    const { status, work } = execute(...([first, second, reads] as unknown as Partial<RecipeStep>[]))
    expect(status).toBe(0)
    expect(read(work, 'out')).toBe('1\n2\n')
  })

  it('puts the files of a set and the members of a directory where a later step reads them', () => {
    const whole = (path: string, digest: string) => ({ path, kind: 'composite', digests: { blake3: digest } })
    const line = 'mkdir -p "a b/z"; echo 1 > "a b/p-1.csv"; echo 2 > "a b/p-2.csv"; echo 3 > "a b/z/c"'
    const makes = { ...step(line, []), outputs: [whole('a b/p-*.csv', '1'), whole('a b/z', '2')] }
    const reads = { ...step('cat moved/p-*.csv other/z/* > out', ['out']), inputs: [] as object[] }
    reads.inputs = [
      { ...whole('moved/p-*.csv', '1'), from: 'step' },
      { ...whole('other/z', '2'), from: 'step' },
    ]
    const { status, work } = execute(...([makes, reads] as unknown as Partial<RecipeStep>[]))
    expect(status).toBe(0)
    expect(read(work, 'out')).toBe('1\n2\n3\n')
  })

  it('ends with a step that fails for another reason, which is not run twice', () => {
    const steps = [step('mkdir -p out; echo x >> tries; exit 7', ['out/a']), step('echo b > later', ['later'])]
    const { status, work } = execute(...steps)
    expect(status).not.toBe(0)
    expect(read(work, 'tries')).toBe('x\n')
    expect(existsSync(join(work, 'later'))).toBe(false)
  })

  it('ends with a step that fails with the directories, too', () => {
    const { status, work } = execute(step('exit 7', ['out/a']), step('echo b > later', ['later']))
    expect(status).toBe(7)
    expect(existsSync(join(work, 'later'))).toBe(false)
  })

  it('makes a directory of a name that is no text by its bytes', () => {
    const { status, work } = execute(step('echo a > "$(printf \'b\\351\')/a"', ['b\xe9/a']))
    expect(status).toBe(0)
    expect(readFileSync(Buffer.from(`${work}/b\xe9/a`, 'latin1'), 'utf8')).toBe('a\n')
  })

  it('clones a repository whose workspace lies below its root, with its submodules', () => {
    const [library, repository] = [join(place, 'library'), join(place, 'repository')]
    commitAll(library, { 'l.sh': 'echo of the library\n' })
    commitAll(repository, { 'deep/ws/s.sh': 'sh ../../lib/l.sh > out\n' }, library)
    const commit = git(repository, 'rev-parse', 'HEAD').trim()
    const own = { repository, mirrors: [], local: null, commit, branch: 'main', dirty: false }
    const source = { ...own, workspace: 'deep/ws', clone: '' }
    const plan = planOf([{ ...step('sh s.sh', ['out']), source }])
    const below = {
      ...plan,
      source: { repositories: [repository], commits: [] },
      recipe: { ...plan.recipe, prefix: 'deep/ws' },
    }
    const { status, work } = run(below)
    expect(status).toBe(0)
    expect(read(work, 'deep/ws/out')).toBe('of the library\n')
  })

  it('clones a repository into the workspace that enclosed it', () => {
    const repository = join(place, 'enclosed')
    commitAll(repository, { 's.sh': 'echo a > ../out\n' })
    const commit = git(repository, 'rev-parse', 'HEAD').trim()
    const own = { repository, mirrors: [], local: null, commit, branch: 'main', dirty: false }
    const plan = planOf([
      { ...step('sh s.sh', ['out']), cwd: 'my code', source: { ...own, workspace: null, clone: 'my code' } },
    ])
    const source = { repositories: [repository], commits: [] }
    const { status, work } = run({ ...plan, source, recipe: { ...plan.recipe, clone: 'my code' } })
    expect(status).toBe(0)
    expect(read(work, 'out')).toBe('a\n')
  })

  it.each([
    ['the one that was recorded', 'kept\n', 0],
    ['another', 'altered\n', 1],
  ])('looks at the digest of an input before a step may read it: it is %s', (_, text, code) => {
    const there = join(place, 'input')
    writeFileSync(there, text)
    const plan = planOf([step('cat in > out', ['out'])])
    const sha256 = createHash('sha256').update('kept\n').digest('hex')
    const found = { path: 'in', kind: 'file', state: 'found', digests: { sha256 }, users: ['cat in > out'] }
    const input = { ...found, places: [{ kind: 'file', where: there, verified: true }] }
    const { status, work, stderr } = run({ ...plan, inputs: [input] } as unknown as Plan)
    expect(status).toBe(code)
    expect(existsSync(join(work, 'out'))).toBe(code === 0)
    expect(stderr.includes('is not the one that was recorded')).toBe(code !== 0)
  })

  it('installs packages of Node with the program whose lock file is there', () => {
    const plan = planOf([step('echo done > out', ['out'])])
    const node = { kind: 'node', version: null, steps: ['@1'], packages: [] }
    const text = scriptOf({ ...plan, environments: [node] } as unknown as Plan)
    for (const line of ['npm ci', 'pnpm install --frozen-lockfile', 'yarn install --immutable', '\ninstall_node\n'])
      expect(text).toContain(line)
    expect(spawnSync('sh', ['-n'], { input: text }).status).toBe(0)
  })

  it('starts a step in its directory, as the step was, even where the commit does not have it', () => {
    const { status, work } = execute({ ...step('echo a > a', ['sub dir/a']), cwd: 'sub dir' })
    expect(status).toBe(0)
    expect(read(work, 'sub dir/a')).toBe('a\n')
  })
})

const step = (line: string, outputs: readonly string[]): Partial<RecipeStep> => ({
  ...{ uid: line, kind: 'run', step: { kind: 'run', number: 1 }, argv: ['sh', '-c', line], cwd: '.' },
  ...{
    source: null,
    variables: {},
    inputs: [],
    outputs: outputs.map((path) => ({ path, digests: {} })) as unknown as RecipeStep['outputs'],
  },
})

const planOf = (steps: readonly Partial<RecipeStep>[]): Plan =>
  ({
    recipe: { of: 'out', prefix: '', clone: '', steps, targets: [] },
    ...{ source: null, problems: [], inputs: [], environments: [] },
  }) as unknown as Plan

/** Submodules from a directory of this machine are refused elsewhere. */
const gitEnvironment = {
  ...process.env,
  ...{ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'protocol.file.allow', GIT_CONFIG_VALUE_0: 'always' },
  ...{
    GIT_AUTHOR_NAME: 'T',
    GIT_AUTHOR_EMAIL: 't@localhost',
    GIT_COMMITTER_NAME: 'T',
    GIT_COMMITTER_EMAIL: 't@localhost',
  },
}

function git(cwd: string, ...words: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync('git', words, { cwd, encoding: 'utf8', env: gitEnvironment })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

function commitAll(at: string, files: Readonly<Record<string, string>>, library?: string): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(at, name)), { recursive: true })
    writeFileSync(join(at, name), text)
  }
  git(at, 'init', '--quiet', '--initial-branch=main')
  if (library !== undefined) git(at, 'submodule', '--quiet', 'add', library, 'lib')
  git(at, 'add', '--all')
  git(at, 'commit', '--quiet', '--message', 'state')
}
