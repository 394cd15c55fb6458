// Plugins: named as data, checked before anything of theirs runs, loaded when used. Real packages in real folders.
import { appendFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Workspace } from '../workspace/workspace.ts'
import { addPlugin, removePlugin } from './change-plugins.ts'
import { PluginHost } from './plugin-host.ts'
import { contributesCrc, crc, roarField, temporaryWorkspace, writePackage } from './plugins.test-data.ts'

const hostOf = (workspace: Workspace, builtins: readonly string[] = []) => PluginHost.create({ builtins, workspace })
const code = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => error.code as string,
  )
const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'none',
    (error) => `${error.message} ${error.why}`,
  )

describe('activating', () => {
  it('an installed package is no plugin until it is added', async () => {
    const workspace = await temporaryWorkspace()
    writePackage(workspace.root, 'crc-plugin', roarField(contributesCrc), { 'index.js': crc })
    expect((await hostOf(workspace)).list()).toEqual([])
    await addPlugin(workspace, 'crc-plugin')
    expect((await hostOf(workspace)).contributions('hashes').map(({ name, plugin }) => [name, plugin])).toEqual([
      ['crc', 'crc-plugin'],
    ])
    expect(JSON.parse(readFileSync(workspace.pluginLock, 'utf8')).plugins['crc-plugin']).toMatchObject({
      version: '1.0.0',
      integrity: expect.stringMatching(/^sha512-[\w+/]{86}==$/),
    })
  })

  it('a folder is written as seen from the root of the workspace', async () => {
    const workspace = await temporaryWorkspace()
    writePackage(workspace.root, './tools/crc', roarField(contributesCrc), { 'index.js': crc })
    await addPlugin(workspace, './crc', { directory: join(workspace.root, 'tools') })
    expect(readFileSync(workspace.configFile, 'utf8')).toContain('plugins = ["./tools/crc"]')
    expect((await (await hostOf(workspace)).load('hashes', 'crc')).digestLength).toBe(4)
  })

  it('removing leaves the settings file as it was before adding', async () => {
    const workspace = await temporaryWorkspace()
    const before = readFileSync(workspace.configFile, 'utf8')
    writePackage(workspace.root, 'crc-plugin', roarField(contributesCrc), { 'index.js': crc })
    await addPlugin(workspace, 'crc-plugin')
    await removePlugin(workspace, 'crc-plugin')
    expect(readFileSync(workspace.configFile, 'utf8')).toBe(before)
    expect(await code(removePlugin(workspace, 'crc-plugin'))).toBe('ROAR_PLUGIN_UNKNOWN')
  })

  it('a plugin that is gone from the disk is named, and can still be removed', async () => {
    const workspace = await temporaryWorkspace()
    const at = writePackage(workspace.root, 'crc-plugin', roarField(contributesCrc), { 'index.js': crc })
    await addPlugin(workspace, 'crc-plugin')
    rmSync(at, { recursive: true })
    expect(await code(hostOf(workspace))).toBe('ROAR_PLUGIN_MISSING')
    await removePlugin(workspace, 'crc-plugin')
    expect((await hostOf(workspace)).list()).toEqual([])
  })

  it('a name cannot lead out of node_modules', async () => {
    const workspace = await temporaryWorkspace()
    for (const name of ['..', 'a/../../b', '@x/../y', 'a/b/c', ''])
      expect(await code(addPlugin(workspace, name)), name).toMatch(/^ROAR_PLUGIN_(MISSING|MANIFEST)$/)
  })
})

describe('checks before any import', () => {
  const touches = `import { writeFileSync } from 'node:fs'\nwriteFileSync(new URL('./ran', import.meta.url), '')\n`

  it.each([
    ['another API version', roarField(contributesCrc, 2), 'ROAR_PLUGIN_API'],
    ['no roar field', {}, 'ROAR_PLUGIN_MANIFEST'],
    ['an unknown kind', roarField({ hashs: [] }), 'ROAR_PLUGIN_MANIFEST'],
    ['a list that is none', roarField({ hashes: {} }), 'ROAR_PLUGIN_MANIFEST'],
    ['a contribution without export', roarField({ hashes: [{ name: 'x' }] }), 'ROAR_PLUGIN_MANIFEST'],
    ['a name in capitals', roarField({ hashes: [{ name: 'X', export: 'x' }] }), 'ROAR_PLUGIN_MANIFEST'],
    [
      'one name twice',
      roarField({ hashes: [...contributesCrc.hashes, ...contributesCrc.hashes] }),
      'ROAR_PLUGIN_DUPLICATE',
    ],
  ])('%s is refused', async (_, fields, expected) => {
    const workspace = await temporaryWorkspace()
    const at = writePackage(workspace.root, 'odd', fields, { 'index.js': touches + crc })
    expect(await code(addPlugin(workspace, 'odd'))).toBe(expected)
    expect(existsSync(join(at, 'ran'))).toBe(false)
    expect((await hostOf(workspace)).list()).toEqual([])
  })

  it('an unknown field is answered with the one that was meant', async () => {
    const workspace = await temporaryWorkspace()
    writePackage(workspace.root, 'odd', roarField({ detector: [] }))
    expect(await message(addPlugin(workspace, 'odd'))).toContain("did you mean 'detectors'?")
  })

  it('two owners of one name are both named', async () => {
    const workspace = await temporaryWorkspace()
    for (const name of ['one', '@scope/two']) {
      writePackage(workspace.root, name, roarField(contributesCrc), { 'index.js': crc })
    }
    await addPlugin(workspace, 'one')
    expect(await message(addPlugin(workspace, '@scope/two'))).toMatch(/one \(.*@scope\/two \(/)
  })

  it('a plugin that has changed since it was added does not run until it is added again', async () => {
    const workspace = await temporaryWorkspace()
    const at = writePackage(workspace.root, 'crc-plugin', roarField(contributesCrc), { 'index.js': crc })
    await addPlugin(workspace, 'crc-plugin')
    appendFileSync(join(at, 'index.js'), touches)
    expect(await code((await hostOf(workspace)).load('hashes', 'crc'))).toBe('ROAR_PLUGIN_INTEGRITY')
    expect(existsSync(join(at, 'ran'))).toBe(false)
    await addPlugin(workspace, 'crc-plugin')
    expect((await (await hostOf(workspace)).load('hashes', 'crc')).name).toBe('crc')
  })

  it('a plugin that only config.toml names is locked as it is when first used', async () => {
    const workspace = await temporaryWorkspace()
    appendFileSync(workspace.configFile, '')
    const at = writePackage(workspace.root, './mine', roarField(contributesCrc), { 'index.js': crc })
    const { setConfig } = await import('../config/change-config.ts')
    await setConfig(workspace, 'plugins', ['./mine'])
    await (await hostOf(workspace)).load('hashes', 'crc')
    appendFileSync(join(at, 'index.js'), '\n')
    expect(await code((await hostOf(workspace)).load('hashes', 'crc'))).toBe('ROAR_PLUGIN_INTEGRITY')
  })
})

describe('loading', () => {
  it.each([
    ['throws at import', 'throw new Error("no luck")', /ROAR_PLUGIN_FAILED.*p.*no luck/],
    ['throws in its factory', 'export const createHash = () => { throw new Error("no luck") }', /FAILED.*no luck/],
    ['exports no factory', 'export const other = 1', /FAILED.*not exported/],
    ['cannot be parsed', 'export const = 1', /ROAR_PLUGIN_FAILED.*SyntaxError/],
    ['returns nothing', 'export const createHash = () => null', /SHAPE.*returned no object/],
    ['lacks a member', 'export const createHash = () => ({ name: "crc", digestLength: 4 })', /SHAPE.*'create' is not/],
    ['has another name', crc.replace("'crc'", "'md5'"), /SHAPE.*'md5'.*'crc'/],
  ])('a plugin that %s is named with its cause', async (_, text, expected) => {
    const workspace = await temporaryWorkspace()
    writePackage(workspace.root, 'p', roarField(contributesCrc), { 'index.js': text })
    await addPlugin(workspace, 'p')
    const failure = await (await hostOf(workspace)).load('hashes', 'crc').catch((error) => error)
    expect(`${failure.code} ${failure.message} ${failure.why}`).toMatch(expected)
  })

  it.each([
    ['an ES module by a string', { exports: './index.js' }, { 'index.js': crc }],
    ['conditions in their order', { exports: { '.': { types: './x.d.ts', import: './a.mjs' } } }, { 'a.mjs': crc }],
    [
      'a CommonJS twin',
      { exports: { require: './a.cjs', import: './no.js' } },
      { 'a.cjs': crc.replace('export const ', 'exports.') },
    ],
    [
      'main without ending',
      { exports: undefined, main: './lib/a', type: 'commonjs' },
      { 'lib/a.js': crc.replace('export const ', 'exports.') },
    ],
    ['index.js by itself', { exports: undefined }, { 'index.js': crc }],
    ['a top-level await', {}, { 'index.js': `await null\n${crc}` }],
  ])('finds the main module: %s', async (_, fields, files) => {
    const workspace = await temporaryWorkspace()
    writePackage(workspace.root, 'p', { ...roarField(contributesCrc), ...fields }, files as Record<string, string>)
    await addPlugin(workspace, 'p')
    expect((await (await hostOf(workspace)).load('hashes', 'crc')).name).toBe('crc')
  })

  it('a name that nobody has is answered with the nearest one', async () => {
    const host = await PluginHost.create({ builtins: ['@roar/hash-sha256'], workspace: null })
    expect(await message(host.load('hashes', 'sha265'))).toContain('Did you mean sha256?')
  })

  it('built-in plugins take the same path', async () => {
    const host = await PluginHost.create({ builtins: ['@roar/hash-sha256', '@roar/store-sql'], workspace: null })
    expect(host.list().map(({ name, builtin }) => [name, builtin])).toEqual([
      ['@roar/hash-sha256', true],
      ['@roar/store-sql', true],
    ])
  })

  it('the manifest of one whose kinds are known is read when one of them is asked for', async () => {
    const { root } = await temporaryWorkspace()
    writePackage(root, 'crc-plugin', roarField(contributesCrc), { 'index.js': crc })
    writePackage(root, 'damaged', { roar: 'nonsense' })
    const builtins = [
      { name: 'crc-plugin', kinds: ['hashes'] as const },
      { name: 'damaged', kinds: ['stores'] as const },
      { name: 'absent', kinds: ['tracers'] as const },
    ]
    const host = await PluginHost.create({ builtins, workspace: null, installedAt: [root] })
    expect((await host.load('hashes', 'crc')).digestLength).toBe(4)
    expect(await code(host.load('stores', 'sqlite'))).toBe('ROAR_PLUGIN_MANIFEST')
    expect(() => host.contributions('tracers')).toThrow(expect.objectContaining({ code: 'ROAR_PLUGIN_MISSING' }))
    expect(() => host.list()).toThrow(expect.objectContaining({ code: 'ROAR_PLUGIN_MANIFEST' }))
  })

  it('beside a stranger all are read at once, so that a name with two owners is told by every command', async () => {
    const workspace = await temporaryWorkspace()
    writePackage(workspace.root, 'own', roarField(contributesCrc), { 'index.js': crc })
    writePackage(workspace.root, 'stranger', roarField(contributesCrc), { 'index.js': crc })
    const sources = {
      builtins: [{ name: 'own', kinds: ['hashes'] as const }],
      installedAt: [workspace.root],
      workspace,
    }
    expect(await code(PluginHost.create(sources))).toBe('none')
    writeFileSync(workspace.configFile, 'plugins = ["stranger"]\n')
    expect(await code(PluginHost.create(sources))).toBe('ROAR_PLUGIN_DUPLICATE')
  })

  it('objects of a program need no package, and detectors come in their order', async () => {
    const detector = (name: string) => () => ({ name, detect: () => null })
    const contributes = {
      detectors: [
        { name: 'late', order: 900, create: detector('late') },
        { name: 'middle', create: detector('middle') },
        { name: 'early', order: 10, create: detector('early') },
      ],
    }
    const host = await PluginHost.create({ builtins: [], workspace: null, inline: [{ name: 'program', contributes }] })
    expect((await host.loadAll('detectors')).map((one) => one.name)).toEqual(['early', 'middle', 'late'])
  })
})
