// What is recorded about a repository: held against git itself, in real repositories of every kind.
import { chownSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type BytePath, fromBuffer, fromString, type GitState } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { createGitPort } from './git-port.ts'
import { startGitState } from './read-git-state.ts'
import { cleanEnv, newRepository, type Repository, repositoryAt, temporary } from './repository.test-data.ts'

const stateOf = async (directory: string, env = {}) =>
  (await createGitPort({ ...cleanEnv, ...env }).state(directory)) as GitState
const paths = (state: GitState) => state.dirtyFiles.map(({ status, path }) => `${status} ${path}`).sort()

function committed(...options: string[]): Repository {
  const repository = newRepository(...options)
  repository.write('a.py')
  repository.write('data/b.csv')
  repository.commit()
  return repository
}

describe('the state of a repository', () => {
  it('a clean one has its commit, branch and root, asked from any folder', async () => {
    const repository = committed()
    expect(await stateOf(join(repository.root, 'data'))).toEqual({
      root: repository.root,
      repository: null,
      branch: 'main',
      commit: repository.git('rev-parse', 'HEAD').trim(),
      dirty: false,
      dirtyFiles: [],
      detached: false,
      shallow: false,
      sparse: false,
      linkedWorktree: false,
      submodules: [],
    })
  })

  it('outside of one there is none', async () => expect(await stateOf(temporary())).toBeNull())

  it('a bare repository is no work tree', async () => {
    const root = temporary()
    repositoryAt(root).git('init', '-q', '--bare')
    expect(await stateOf(root)).toBeNull()
  })

  it('before the first commit there is a branch and no commit', async () => {
    const repository = newRepository()
    repository.write('a')
    expect(await stateOf(repository.root)).toMatchObject({ commit: null, branch: 'main', dirty: true })
  })

  it('every dirty path is listed from the root, also when asked from a folder', async () => {
    const repository = committed()
    repository.write('a.py', 'changed')
    repository.write('data/new/c.csv')
    repository.write('staged.py')
    repository.git('add', 'staged.py')
    repository.git('rm', '-q', 'data/b.csv')
    const expected = ['?? data/new/c.csv', 'A staged.py', 'D data/b.csv', 'M a.py']
    expect(paths(await stateOf(join(repository.root, 'data')))).toEqual(expected)
  })

  it('a rename is the old name gone and the new one added', async () => {
    const repository = committed()
    repository.git('mv', 'a.py', 'b.py')
    expect(paths(await stateOf(repository.root))).toEqual(['A b.py', 'D a.py'])
  })

  it('a merge conflict is shown as such', async () => {
    const repository = committed()
    repository.git('checkout', '-q', '-b', 'other')
    repository.write('a.py', 'theirs')
    repository.commit()
    repository.git('checkout', '-q', 'main')
    repository.write('a.py', 'ours')
    repository.commit()
    expect(() => repository.git('merge', 'other')).toThrow()
    expect(paths(await stateOf(repository.root))).toEqual(['UU a.py'])
  })

  it('names with newline, space, quote, and bytes that are not UTF-8 stay apart', async () => {
    const repository = committed()
    for (const name of ['new\nline', ' space ', 'quo"te', Buffer.from([0x62, 0xff])]) repository.write(name, 'x')
    expect(paths(await stateOf(repository.root))).toEqual(['??  space ', '?? b\\xff', '?? new\nline', '?? quo"te'])
  })

  it('settings of the user cannot hide anything', async () => {
    const repository = committed()
    repository.write('new')
    repository.git('config', 'status.showUntrackedFiles', 'no')
    repository.git('config', 'status.relativePaths', 'true')
    repository.git('config', 'core.quotePath', 'true')
    expect(paths(await stateOf(repository.root))).toEqual(['?? new'])
  })

  it('asking changes nothing in .git', async () => {
    const repository = committed()
    repository.write('a.py')
    const before = repository.git('--no-optional-locks', 'ls-files', '--debug')
    await stateOf(repository.root)
    expect(repository.git('--no-optional-locks', 'ls-files', '--debug')).toBe(before)
  })

  it('a detached head has no branch', async () => {
    const repository = committed()
    repository.git('checkout', '-q', '--detach')
    expect(await stateOf(repository.root)).toMatchObject({ detached: true, branch: null })
  })

  it('a linked work tree has its own branch and the common remote', async () => {
    const repository = committed()
    repository.git('remote', 'add', 'origin', 'https://user:token@example.org/x.git')
    const linked = join(temporary(), 'linked')
    repository.git('worktree', 'add', '-q', linked, '-b', 'side')
    expect(await stateOf(linked)).toMatchObject({
      root: linked,
      linkedWorktree: true,
      branch: 'side',
      repository: 'https://example.org/x.git',
    })
  })

  it('a shallow clone is marked', async () => {
    const repository = committed()
    const root = join(temporary(), 'clone')
    repository.git('clone', '-q', '--depth', '1', `file://${repository.root}`, root)
    expect(await stateOf(root)).toMatchObject({ shallow: true, repository: `file://${repository.root}` })
  })

  it('a sparse checkout is marked, and what it leaves out is not dirt', async () => {
    const repository = committed()
    repository.git('sparse-checkout', 'set', 'nothing')
    expect(await stateOf(repository.root)).toMatchObject({ sparse: true, dirty: false })
    repository.git('sparse-checkout', 'disable')
    expect(await stateOf(repository.root)).toMatchObject({ sparse: false })
  })

  it('submodules are listed with their commit, and dirt in them is dirt', async () => {
    const [inner, outer] = [committed(), committed()]
    outer.git('submodule', '--quiet', 'add', inner.root, 'lib/inner')
    outer.commit()
    const commit = inner.git('rev-parse', 'HEAD').trim()
    expect(await stateOf(outer.root)).toMatchObject({
      dirty: false,
      submodules: [{ path: 'lib/inner', commit, dirty: false }],
    })
    const module = repositoryAt(join(outer.root, 'lib/inner'))
    expect(await stateOf(module.root)).toMatchObject({ root: module.root, commit, repository: inner.root })
    module.write('new')
    expect((await stateOf(outer.root)).submodules).toEqual([{ path: 'lib/inner', commit, dirty: true }])
  })

  it('GIT_DIR and GIT_WORK_TREE are obeyed', async () => {
    const repository = committed()
    const elsewhere = join(temporary(), 'elsewhere.git')
    renameSync(join(repository.root, '.git'), elsewhere)
    expect(await stateOf(repository.root)).toBeNull()
    const env = { GIT_DIR: elsewhere, GIT_WORK_TREE: repository.root }
    expect(await stateOf(join(repository.root, 'data'), env)).toMatchObject({ root: repository.root, dirty: false })
  })

  it('a work tree that is moved by core.worktree is the root', async () => {
    const repository = committed()
    const moved = temporary()
    for (const name of ['a.py', 'data']) renameSync(join(repository.root, name), join(moved, name))
    repository.git('config', 'core.worktree', moved)
    expect(await stateOf(moved)).toBeNull()
    expect(await stateOf(moved, { GIT_DIR: join(repository.root, '.git') })).toMatchObject({
      root: moved,
      dirty: false,
    })
  })

  it('a .git that is no repository is passed over', async () => {
    const repository = committed()
    mkdirSync(join(repository.root, 'data/.git'))
    expect(await stateOf(join(repository.root, 'data'))).toMatchObject({ root: repository.root })
    writeFileSync(join(temporary(), '.git'), 'gitdir: /nowhere\n')
  })

  it('a repository of somebody else is refused with the way to trust it', async ({ skip }) => {
    if (process.getuid?.() !== 0) return skip('only root can give a repository to somebody else')
    const repository = committed()
    chownSync(repository.root, 12345, 12345)
    chownSync(join(repository.root, '.git'), 12345, 12345)
    const refused = stateOf(repository.root)
    await expect(refused).rejects.toMatchObject({
      code: 'ROAR_GIT_UNSAFE',
      remedy: expect.arrayContaining([expect.stringContaining(`safe.directory ${repository.root}`)]),
    })
  })

  it('without git there is no state and a note that says why', async () => {
    const repository = committed()
    const reading = await startGitState(repository.root, { ...cleanEnv, PATH: '/nonexistent' })
    expect(reading).toMatchObject({ state: null, note: expect.stringContaining('not installed') })
  })
})

describe('files that the commit vouches for', () => {
  const ask = async (repository: Repository, names: readonly (string | Buffer)[]) => {
    const port = createGitPort(cleanEnv)
    const state = (await port.state(repository.root)) as GitState
    const asked = names.map((name) =>
      fromBuffer(Buffer.concat([Buffer.from(`${repository.root}/`), Buffer.from(name)])),
    )
    const found = await port.committed(state, [...asked, '/etc/passwd' as BytePath])
    return names.filter((_, i) => found.has(asked[i] as BytePath)).map(String)
  }

  it('tracked and clean ones, and no others', async () => {
    const repository = committed()
    repository.write('changed.py')
    repository.write(Buffer.from([0x62, 0xff]), 'x')
    repository.write('.gitignore', 'ignored\n')
    repository.commit()
    repository.write('changed.py', 'now')
    repository.write('new')
    repository.write('ignored')
    repository.write('staged')
    repository.git('add', 'staged')
    const all = ['a.py', 'data/b.csv', 'changed.py', 'new', 'ignored', 'staged', 'absent', 'data']
    expect(await ask(repository, all)).toEqual(['a.py', 'data/b.csv'])
    expect(await ask(repository, [Buffer.from([0x62, 0xff])])).toHaveLength(1)
  })

  it('a file that git was told not to compare is not vouched for', async () => {
    const repository = committed()
    repository.git('update-index', '--assume-unchanged', 'a.py')
    repository.git('update-index', '--skip-worktree', 'data/b.csv')
    repository.write('a.py', 'changed unseen')
    expect(await ask(repository, ['a.py', 'data/b.csv'])).toEqual([])
  })

  it.each([2, 3, 4])('an index of version %i is read as git reads it', async (version) => {
    const repository = committed()
    for (const name of ['a', 'ab', 'abc', 'abcdefg', 'abcdefgh', 'x'.repeat(200), `deep/${'y'.repeat(100)}/z`])
      repository.write(name)
    repository.commit()
    repository.git('update-index', '--index-version', String(version))
    if (version === 3) {
      repository.write('later')
      repository.git('add', '--intent-to-add', 'later')
    }
    const all = repository.git('ls-files', '-z').split('\0').slice(0, -1)
    expect(await ask(repository, all)).toEqual(all.filter((name) => name !== 'later'))
  })

  it('a split index is left to git', async () => {
    const repository = committed()
    repository.git('update-index', '--split-index')
    repository.write('second')
    repository.commit()
    expect(await ask(repository, ['a.py', 'second', 'third'])).toEqual(['a.py', 'second'])
  })

  it('a repository of SHA-256 has longer commits and the same answers', async () => {
    const repository = committed('--object-format=sha256')
    expect((await stateOf(repository.root)).commit).toHaveLength(64)
    expect(await ask(repository, ['a.py', 'new'])).toEqual(['a.py'])
  })

  it('a clean submodule vouches for its files, a dirty one for none', async () => {
    const [inner, outer] = [committed(), committed()]
    outer.git('submodule', '--quiet', 'add', inner.root, 'inner')
    outer.commit()
    expect(await ask(outer, ['inner/a.py', 'inner/new', 'a.py'])).toEqual(['inner/a.py', 'a.py'])
    repositoryAt(join(outer.root, 'inner')).write('new')
    expect(await ask(outer, ['inner/a.py', 'a.py'])).toEqual(['a.py'])
  })

  it('what is committed while the job runs does not count for it', async () => {
    const repository = committed()
    repository.write('.gitignore', 'model.bin\n')
    repository.commit()
    repository.write('model.bin')
    const port = createGitPort(cleanEnv)
    const state = (await port.state(repository.root)) as GitState
    repository.git('add', '-f', 'model.bin')
    repository.commit()
    const path = fromString(join(repository.root, 'model.bin'))
    expect(await port.committed(state, [path])).toEqual(new Set())
  })
})
