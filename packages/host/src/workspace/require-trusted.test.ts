// Whose a workspace is, with real owners where the tests run as root.
import { chmodSync, chownSync, mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadConfig } from '../config/load-config.ts'
import { initWorkspace } from './init-workspace.ts'

const asRoot = process.getuid?.() === 0
const nobody = 65534

async function made() {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'roar-trust-')))
  const { workspace } = await initWorkspace(join(home, 'shared'))
  writeFileSync(workspace.configFile, '[env.set]\nBASH_ENV = "/tmp/evil"\n')
  const load = (env = {}) => loadConfig({ workspace, env: { HOME: home, ...env } })
  return { home, workspace, load }
}
const unsafe = { code: 'ROAR_WORKSPACE_UNSAFE', remedy: expect.arrayContaining([expect.stringContaining('trusted')]) }

if (!asRoot) console.log('skipped: only root can give a file to another user')
describe.skipIf(!asRoot)('of another user', () => {
  it.each(['directory', 'configFile', 'pluginLock'] as const)('%s', async (which) => {
    const { workspace, load } = await made()
    writeFileSync(workspace.pluginLock, '{}')
    chmodSync(workspace.directory, 0o755)
    expect((await load()).variables).toHaveLength(1)
    chownSync(workspace[which], nobody, nobody)
    await expect(load()).rejects.toMatchObject(unsafe)
  })

  it('a link of theirs to a workspace of ours is refused too', async () => {
    const { home, workspace } = await made()
    const root = join(home, 'planted')
    mkdirSync(root)
    symlinkSync(workspace.directory, join(root, '.roar'))
    const configFile = join(root, '.roar/config.toml')
    const load = () => loadConfig({ workspace: { configFile }, env: { HOME: home } })
    await load()
    const { lchownSync } = await import('node:fs')
    lchownSync(join(root, '.roar'), nobody, nobody)
    await expect(load()).rejects.toMatchObject(unsafe)
  })

  it('who has become root by sudo may use their own', async () => {
    const { workspace, load } = await made()
    chownSync(workspace.directory, nobody, nobody)
    await expect(load()).rejects.toMatchObject(unsafe)
    process.env.SUDO_UID = String(nobody)
    try {
      expect((await load()).variables).toHaveLength(1)
    } finally {
      delete process.env.SUDO_UID
    }
  })
})

describe('writable by others', () => {
  it.each([
    ['the directory by its group', 0o770, 0o600],
    ['the directory by all', 0o1777, 0o600],
    ['the settings', 0o755, 0o664],
  ])('%s', async (_, directory, settings) => {
    const { workspace, load } = await made()
    chmodSync(workspace.directory, directory)
    chmodSync(workspace.configFile, settings)
    await expect(load()).rejects.toMatchObject(unsafe)
  })

  it('settings that nobody else can come to are not', async () => {
    const { workspace, load } = await made()
    chmodSync(workspace.configFile, 0o666)
    expect((await load()).variables).toHaveLength(1)
  })
})

describe('trusted all the same', () => {
  it.each(['root', '*'])('by the settings of the user: %s', async (which) => {
    const { home, workspace, load } = await made()
    chmodSync(workspace.directory, 0o2770)
    mkdirSync(join(home, '.config/roar'), { recursive: true })
    const said = which === 'root' ? workspace.root : which
    writeFileSync(join(home, '.config/roar/config.toml'), `workspace.trusted = ["/elsewhere", "${said}"]\n`)
    expect((await load()).variables).toHaveLength(1)
  })

  it('by a variable, but not by the workspace itself', async () => {
    const { workspace, load } = await made()
    writeFileSync(workspace.configFile, `workspace.trusted = ["*"]\n`)
    await expect(load()).rejects.toMatchObject({ code: 'ROAR_CONFIG_TYPE' })
    chmodSync(workspace.directory, 0o2770)
    await expect(load()).rejects.toMatchObject(unsafe)
    writeFileSync(workspace.configFile, '')
    await expect(load({ ROAR_WORKSPACE_TRUSTED: '/elsewhere' })).rejects.toMatchObject(unsafe)
    await load({ ROAR_WORKSPACE_TRUSTED: `/elsewhere, ${workspace.root}` })
  })
})
