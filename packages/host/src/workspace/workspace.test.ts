// Workspaces in real directories: found upwards, made once, private, out of git's way.
import { execFileSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findWorkspace, requireWorkspace } from './find-workspace.ts'
import { initWorkspace } from './init-workspace.ts'
import { makePrivateDirectory, replaceFile } from './private-files.ts'
import { userPlaces } from './user-places.ts'

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), 'roar-workspace-')))
const mode = (path: string) => statSync(path).mode & 0o777

describe('finding', () => {
  it('the nearest one upwards is taken, also through a link and from a folder that is gone', async () => {
    const root = folder()
    await initWorkspace(root)
    const deep = join(root, 'a/b')
    mkdirSync(deep, { recursive: true })
    symlinkSync(root, join(folder(), 'link'))
    expect(findWorkspace(deep)?.root).toBe(root)
    rmSync(deep, { recursive: true })
    expect(findWorkspace(deep)?.root).toBe(root)
  })

  it('a file named .roar is no workspace, and outside of one the way in is said', () => {
    const root = folder()
    writeFileSync(join(root, '.roar'), '')
    expect(findWorkspace(root)).toBeNull()
    expect(() => requireWorkspace(root)).toThrow(expect.objectContaining({ code: 'ROAR_WORKSPACE_MISSING' }))
  })
})

describe('making', () => {
  it('makes what is missing, for the owner only, and changes nothing the second time', async () => {
    const root = join(folder(), 'new/project')
    const { workspace, created } = await initWorkspace(root)
    expect(created).toEqual(['.roar/', '.roar/config.toml', '.gitignore'])
    expect([mode(workspace.directory), mode(workspace.configFile), mode(join(root, '.gitignore'))]).toEqual([
      0o700, 0o600, 0o644,
    ])
    const before = readFileSync(workspace.configFile, 'utf8')
    expect((await initWorkspace(root)).created).toEqual([])
    expect(readFileSync(workspace.configFile, 'utf8')).toBe(before)
  })

  it.each([
    ['nothing', null, '.roar/\n'],
    ['lines', 'data/\n', 'data/\n.roar/\n'],
    ['no newline at its end', 'data/', 'data/\n.roar/\n'],
    ['carriage returns', 'data/\r\n', 'data/\r\n.roar/\r\n'],
    ['the line', '.roar/\n', '.roar/\n'],
    ['another way to say it', '/.roar\n', '/.roar\n'],
  ])('a .gitignore with %s', async (_, before, after) => {
    const root = folder()
    if (before !== null) writeFileSync(join(root, '.gitignore'), before)
    const { created } = await initWorkspace(root)
    expect(readFileSync(join(root, '.gitignore'), 'utf8')).toBe(after)
    expect(created.includes('.gitignore')).toBe(before !== after)
  })

  it('a workspace in a folder needs no line of its own when the root of the repository has one', async () => {
    const root = folder()
    execFileSync('git', ['init', '-q', root])
    writeFileSync(join(root, '.gitignore'), '.roar/\n')
    expect((await initWorkspace(join(root, 'sub'))).created).not.toContain('.gitignore')
  })

  it('what is in the way is named', async () => {
    const root = folder()
    writeFileSync(join(root, '.roar'), '')
    await expect(initWorkspace(root)).rejects.toMatchObject({ code: 'ROAR_WORKSPACE_INIT' })
    await expect(initWorkspace('/proc/roar')).rejects.toMatchObject({ code: 'ROAR_WORKSPACE_INIT' })
    const ignores = join(folder(), '.gitignore')
    mkdirSync(ignores)
    const remedy = [`mv ${ignores} ${ignores}.old`, 'roar init']
    await expect(initWorkspace(dirname(ignores))).rejects.toMatchObject({ code: 'ROAR_WORKSPACE_INIT', remedy })
    expect(existsSync(join(dirname(ignores), '.roar'))).toBe(false)
  })
})

describe('private files', () => {
  it('a directory that was open to others is closed to them', () => {
    const path = join(folder(), 'open')
    mkdirSync(path, { mode: 0o755 })
    makePrivateDirectory(path)
    expect(mode(path)).toBe(0o700)
  })

  it('a replaced file keeps its mode and the link that leads to it, and leaves nothing beside it', () => {
    const root = folder()
    writeFileSync(join(root, 'real'), 'old', { mode: 0o640 })
    symlinkSync('real', join(root, 'link'))
    replaceFile(join(root, 'link'), 'new')
    expect([readFileSync(join(root, 'real'), 'utf8'), mode(join(root, 'real'))]).toEqual(['new', 0o640])
    expect(execFileSync('ls', [root], { encoding: 'utf8' })).toBe('link\nreal\n')
  })
})

it("the user's places follow the XDG directories, and macOS's own", () => {
  const env = { HOME: '/h', XDG_CONFIG_HOME: '/c', XDG_CACHE_HOME: 'relative', XDG_RUNTIME_DIR: '/r' }
  expect(userPlaces(env, 'linux')).toMatchObject({
    configFile: '/c/roar/config.toml',
    cache: '/h/.cache/roar',
    runtime: '/r/roar',
  })
  expect(userPlaces({ HOME: '/h' }, 'darwin')).toMatchObject({
    configFile: '/h/.config/roar/config.toml',
    cache: '/h/Library/Caches/roar',
  })
})
