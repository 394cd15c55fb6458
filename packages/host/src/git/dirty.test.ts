// A dirty work tree is explained, and the commands that are offered make it clean: they are typed into a real shell.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { type BytePath, fromString, type GitState } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { classifyDirty } from './dirty.ts'
import { createGitPort } from './git-port.ts'
import { homeInUse } from './home-directory.ts'
import { newOutputs } from './new-outputs.ts'
import { cleanEnv, newRepository, type Repository, repositoryAt } from './repository.test-data.ts'
import { trackedFiles } from './tracked-files.ts'

const names = (files: readonly { path: string }[]) => files.map(({ path }) => path)
const stateOf = async ({ root }: Repository) => (await createGitPort(cleanEnv).state(root)) as GitState
const at = ({ root }: Repository, path: string): BytePath => fromString(join(root, path))

async function explain(repository: Repository, outputs: readonly string[] = []) {
  const knownOutputs = new Set(outputs.map((path) => at(repository, path)))
  const tracked = await trackedFiles(repository.root, cleanEnv)
  return classifyDirty(await stateOf(repository), { knownOutputs, workspace: repository, tracked })
}

async function obey(repository: Repository, commands: readonly string[]) {
  const identity = {
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@b',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@b',
  }
  const env = { ...cleanEnv, ...identity }
  for (const command of commands) execFileSync('/bin/sh', ['-c', command], { cwd: repository.root, env, stdio: 'pipe' })
  return (await stateOf(repository)).dirty
}

function committed(): Repository {
  const repository = newRepository()
  repository.write('train.py')
  repository.commit()
  return repository
}

describe('what is dirty', () => {
  it('is code, outputs of earlier jobs, and what nobody knows', async () => {
    const repository = committed()
    repository.write('train.py', 'changed')
    for (const path of ['lib/new.py', 'out/model.bin', 'mystery.bin']) repository.write(path)
    const found = await explain(repository, ['out/model.bin'])
    expect([names(found.code), names(found.outputs), names(found.unknown)]).toEqual([
      ['train.py', 'lib/new.py'],
      ['out/model.bin'],
      ['mystery.bin'],
    ])
    expect(found.ignore).toEqual(['/out/model.bin'])
    expect(await obey(repository, found.commands)).toBe(false)
    expect(repository.git('ls-files')).not.toContain('model.bin')
  })

  it.each(["it's", 'a b ', '#x', '!y', 'st*r', 'w[h]y?', 'back\\slash', 'ü/ß', '-n', '%s'])(
    'an output named %s gets a line and commands that hold',
    async (name) => {
      const repository = committed()
      repository.write(name, 'x')
      repository.write('lib/new file.py')
      const found = await explain(repository, [name])
      expect(names(found.outputs)).toEqual([name])
      expect(await obey(repository, found.commands)).toBe(false)
      expect(repository.git('-c', 'core.quotePath=false', 'ls-files', '-z').split('\0')).not.toContain(name)
    },
  )

  it('what differs within a submodule is committed there first', async () => {
    const [inner, outer] = [committed(), committed()]
    outer.git('submodule', '--quiet', 'add', inner.root, 'lib/in ner')
    outer.commit()
    const module = repositoryAt(join(outer.root, 'lib/in ner'))
    module.write('train.py', 'changed')
    expect(await obey(outer, (await explain(outer)).commands)).toBe(false)
    module.write('new.py')
    module.commit()
    expect(await obey(outer, (await explain(outer)).commands)).toBe(false)
  })

  it('what was removed or renamed by git is committed, and not looked for', async () => {
    const repository = committed()
    for (const path of ['a.py', 'b.py', 'c.py']) repository.write(path)
    repository.commit()
    repository.git('rm', '--quiet', 'a.py')
    expect(await obey(repository, (await explain(repository)).commands)).toBe(false)
    repository.git('mv', 'b.py', 'd.py')
    rmSync(join(repository.root, 'c.py'))
    expect(await obey(repository, (await explain(repository)).commands)).toBe(false)
  })

  it('a conflict is resolved before it is added', async () => {
    const repository = committed()
    repository.git('checkout', '--quiet', '-b', 'other')
    repository.write('train.py', 'theirs')
    repository.commit()
    repository.git('checkout', '--quiet', '-')
    repository.write('train.py', 'ours')
    repository.commit()
    expect(() => repository.git('merge', 'other')).toThrow()
    const { commands } = await explain(repository)
    expect(commands.slice(0, 2)).toEqual(['git mergetool -- train.py', 'git add -- train.py'])
  })

  it('many outputs of one folder are one line, and many files are added by their folders', async () => {
    const repository = committed()
    const outputs = Array.from({ length: 50 }, (_, i) => `out/${i}.npy`)
    for (const path of [...outputs, ...Array.from({ length: 30 }, (_, i) => `src/${i}.py`)]) repository.write(path)
    const found = await explain(repository, outputs)
    expect(found.ignore).toEqual(['/out/'])
    expect(found.commands).toContain('git add -- .gitignore src/')
    expect(await obey(repository, found.commands)).toBe(false)
  })

  it.each([
    ['untracked', false],
    ['tracked by mistake', true],
  ])('.roar/ alone, %s, has a fix of its own', async (_, tracked) => {
    const repository = committed()
    repository.write('.roar/roar.db')
    if (tracked) repository.commit()
    repository.write('.roar/roar.db', 'changed')
    const found = await explain(repository)
    expect(found).toMatchObject({ roarOnly: true, code: [], unknown: [] })
    expect(await obey(repository, found.commands)).toBe(false)
  })

  it('the line that init added to .gitignore is the last thing to commit', async () => {
    const repository = committed()
    repository.write('.gitignore', '.roar/\n')
    const found = await explain(repository)
    expect(found).toMatchObject({ roarOnly: true, ignore: [] })
    expect(await obey(repository, found.commands)).toBe(false)
  })
})

describe('outputs of the job that has just ended', () => {
  it('are offered a line unless they are tracked, ignored or elsewhere', async () => {
    const repository = committed()
    repository.write('.gitignore', '*.log\n')
    repository.commit()
    for (const path of ['train.py', 'a.log', 'fresh.bin']) repository.write(path, 'x')
    const outputs = ['train.py', 'a.log', 'fresh.bin'].map((path) => at(repository, path))
    const found = await newOutputs(await stateOf(repository), [...outputs, '/tmp/x' as BytePath], cleanEnv)
    expect(found).toEqual({ paths: ['fresh.bin'], ignore: ['/fresh.bin'] })
  })

  it('among source files are named by their ending, and the folder stays known', async () => {
    const repository = committed()
    repository.write('src/main.c', '')
    repository.commit()
    const made = ['src/a.o', 'src/b.o', 'src/c.o', 'build/1/a', 'build/2/b', 'build/c']
    for (const path of [...made, 'notes/mine.txt']) repository.write(path, 'x')
    const found = await newOutputs(
      await stateOf(repository),
      made.map((path) => at(repository, path)),
      cleanEnv,
    )
    expect(found.ignore).toEqual(['/build/', '/src/*.o'])
  })
})

it('the home directory as a project is noticed, as working directory or as repository', () => {
  const { root } = committed()
  expect(homeInUse(root, root, { HOME: root })).toBe('directory')
  expect(homeInUse(join(root, 'project'), root, { HOME: root })).toBe('git')
  expect(homeInUse(join(root, 'project'), null, { HOME: root })).toBeNull()
})
