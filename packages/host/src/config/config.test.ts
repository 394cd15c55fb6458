// Settings: what holds, where it came from, and what is refused. Real files.
import { mkdirSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse } from 'smol-toml'
import { describe, expect, it } from 'vitest'
import { initWorkspace } from '../workspace/init-workspace.ts'
import { changeSettingsFile, setConfig, unsetConfig } from './change-config.ts'
import { configTemplate } from './config-template.ts'
import { type ConfigSources, loadConfig } from './load-config.ts'
import { environmentName, settingKeys, settingOf } from './settings.ts'

const folder = () => mkdtempSync(join(tmpdir(), 'roar-config-'))
const file = (text: string) => {
  const path = join(folder(), 'config.toml')
  writeFileSync(path, text)
  return path
}
const load = (text: string, rest: Partial<ConfigSources> = {}) =>
  loadConfig({ workspace: { configFile: file(text) }, env: { HOME: '/nonexistent' }, ...rest })
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error) => error,
  )

describe('where a value comes from', () => {
  it('option, environment, workspace, user, default: the first that has one', async () => {
    const home = folder()
    mkdirSync(join(home, '.config/roar'), { recursive: true })
    writeFileSync(
      join(home, '.config/roar/config.toml'),
      'tracer.default = "user"\n[hash]\nprimary = "user"\nrun = ["user"]\n',
    )
    const workspace = { configFile: file('[hash]\nprimary = "workspace"\nrun = ["workspace"]\nget = ["workspace"]\n') }
    const env = { HOME: home, ROAR_HASH_PRIMARY: 'environment', ROAR_HASH_RUN: 'a, b' }
    const config = await loadConfig({ workspace, env, options: { 'hash.primary': 'option' } })
    const said = ['hash.primary', 'hash.run', 'hash.get', 'tracer.default', 'git.require_clean'].map((key) => [
      config.get(key),
      config.origin(key),
    ])
    expect(said).toEqual([
      ['option', 'option'],
      [['a', 'b'], 'ROAR_HASH_RUN'],
      [['workspace'], workspace.configFile],
      ['user', join(home, '.config/roar/config.toml')],
      [true, 'default'],
    ])
    expect(config.algorithms('run')).toEqual(['option', 'a', 'b'])
  })

  it('every setting is listed with its origin and meaning', async () => {
    const entries = (await load('')).entries()
    expect(entries.map(({ key }) => key)).toEqual(settingKeys)
    for (const entry of entries)
      expect(entry).toMatchObject({ origin: 'default', description: expect.stringMatching(/\.$|add$/) })
  })

  it('an empty variable is an empty list, and words for flags are understood', async () => {
    const env = { HOME: '/nonexistent', ROAR_ENV_RECORD: '', ROAR_GIT_REQUIRE_CLEAN: 'no', ROAR_TRACER_FALLBACK: '1' }
    const config = await load('', { env })
    expect([config.get('env.record'), config.get('git.require_clean'), config.get('tracer.fallback')]).toEqual([
      [],
      false,
      true,
    ])
  })

  it('a relative XDG_CONFIG_HOME is ignored, as its specification says', async () => {
    const env = { HOME: '/nonexistent', XDG_CONFIG_HOME: 'relative' }
    expect((await load('', { env })).get('hash.primary')).toBe('blake3')
  })
})

describe('what is refused', () => {
  it.each([
    ['[hash]\nprimry = "x"', 'hash.primary'],
    ['run = ["x"]', 'hash.run'],
    ['[tracers]\ndefault = "x"', 'tracer.default'],
    ['plugin = []', 'plugins'],
    ['[git]\nrequire-clean = true', 'git.require_clean'],
  ])('the unknown key in %j is answered with %s', async (text, near) => {
    const error = await failure(load(text))
    expect(error).toMatchObject({ code: 'ROAR_CONFIG_UNKNOWN_KEY', data: { nearest: near } })
    expect(error.why).toContain(near)
  })

  it.each([
    ['hash.primary = 3', '3 is not a text'],
    ['hash.run = "sha256"', '"sha256" is not a list of texts'],
    ['git.require_clean = "yes"', '"yes" is not true or false'],
    ['registry.url = "glaas.example"', 'not an http:// or https:// address'],
    ['hash.primary = "SHA 256"', 'not the name of an algorithm'],
    ['scope.mode = "friends"', 'neither anonymous'],
    ['hold.size = "much"', 'no number of bytes'],
    ['hold.time = "10"', 'no time'],
  ])('%s has the wrong type', async (text, said) => {
    const error = await failure(load(text))
    expect(error).toMatchObject({ code: 'ROAR_CONFIG_TYPE', message: expect.stringContaining(said) })
  })

  it('a variable of the wrong type is named', async () => {
    const error = await failure(load('', { env: { HOME: '/x', ROAR_GIT_REQUIRE_CLEAN: 'perhaps' } }))
    expect(error).toMatchObject({ code: 'ROAR_CONFIG_TYPE', data: { origin: 'ROAR_GIT_REQUIRE_CLEAN' } })
  })

  it('a fault of syntax is shown with its line', async () => {
    expect(await failure(load('a = 1\nb = '))).toMatchObject({
      code: 'ROAR_CONFIG_SYNTAX',
      message: expect.stringMatching(/config\.toml:2 is not valid TOML$/),
    })
  })

  it('no key reaches the prototype of anything', async () => {
    for (const text of ['__proto__.x = 1', 'constructor = 1', '[hash]\n__proto__ = 1', 'toString = "x"'])
      expect((await failure(load(text))).code).toBe('ROAR_CONFIG_UNKNOWN_KEY')
  })
})

describe('changing a file', () => {
  it('the template sets nothing, and taking the # away sets the default', async () => {
    expect(Object.values(parse(configTemplate())).every((table) => Object.keys(table).length === 0)).toBe(true)
    const config = await load(configTemplate().replace(/^# (\w+ = )/gm, '$1'))
    for (const key of settingKeys) expect(config.get(key), key).toEqual(settingOf(key).default)
  })

  it.each(settingKeys.filter((key) => !settingOf(key).ofUser))(
    '%s can be set in the template and taken out again',
    async (key) => {
      const path = file(configTemplate())
      const { type } = settingOf(key)
      const special: Record<string, string[]> = {
        'registry.url': ['http://x'],
        'git.push_tags': ['never'],
        'hold.size': ['1MiB'],
        'get.least_rate': ['1K'],
        'hash.untouched': ['1MiB'],
        'hold.time': ['1s'],
      }
      const words = special[key] ?? (type === 'flag' ? ['off'] : type === 'list' ? ['a', 'b'] : ['public'])
      const value = await changeSettingsFile(path, key, words)
      expect((await loadConfig({ workspace: { configFile: path }, env: {} })).get(key)).toEqual(value)
      await changeSettingsFile(path, key, null)
      expect(readFileSync(path, 'utf8')).toBe(configTemplate())
    },
  )

  it.each([
    ['a value', 'hash.primary = "a" # why\n', 'hash.primary = "x" # why\n'],
    ['a value in a table', '[hash]\n  primary="a"\n[git]\n', '[hash]\n  primary="x"\n[git]\n'],
    ['a quoted key', '[hash]\n"primary" = \'a\'\n', '[hash]\n"primary" = "x"\n'],
    ['carriage returns', '[hash]\r\nprimary = "a"\r\n', '[hash]\r\nprimary = "x"\r\n'],
    ['a text over lines', '[hash]\nprimary = """\na"""\nrun = []\n', '[hash]\nprimary = "x"\nrun = []\n'],
    ['no newline at the end', '[hash]\nprimary = "a"', '[hash]\nprimary = "x"'],
    ['a new key below its heading', '[hash] # mine\n[git]\n', '[hash] # mine\nprimary = "x"\n[git]\n'],
    ['a new table', '# nothing\n', '# nothing\n\n[hash]\nprimary = "x"\n'],
    [
      'a heading inside a text',
      '[filter]\nignore = ["[hash]"]\n',
      '[filter]\nignore = ["[hash]"]\n\n[hash]\nprimary = "x"\n',
    ],
  ])('%s is changed and nothing beside it', async (_, before, after) => {
    const path = file(before)
    await changeSettingsFile(path, 'hash.primary', ['x'])
    expect(readFileSync(path, 'utf8')).toBe(after)
  })

  it('lists over several lines with comments are replaced whole', async () => {
    const path = file('plugins = [ # two\n  "a]", # one\n  \'b\',\n] # end\n[git]\nrequire_clean = true\n')
    await changeSettingsFile(path, 'plugins', ['quo"te', 'back\\slash', 'new\nline', 'del\u007f', 'ü'])
    expect(readFileSync(path, 'utf8')).toMatch(/^plugins = \["quo.*\] # end\n\[git\]\nrequire_clean = true\n$/)
    const config = await loadConfig({ workspace: { configFile: path }, env: {} })
    expect(config.get('plugins')).toEqual(['quo"te', 'back\\slash', 'new\nline', 'del\u007f', 'ü'])
  })

  it('a form that the editor does not know is left alone and said', async () => {
    const text = 'hash = { primary = "a" }\n'
    const path = file(text)
    expect(await failure(changeSettingsFile(path, 'hash.primary', ['x']))).toMatchObject({ code: 'ROAR_CONFIG_EDIT' })
    expect(readFileSync(path, 'utf8')).toBe(text)
  })

  it('a file that cannot be written is told, and why', async () => {
    const nowhere = '/dev/null/roar/config.toml'
    expect(await failure(changeSettingsFile(nowhere, 'hash.primary', ['x']))).toMatchObject({
      code: 'ROAR_CONFIG_EDIT',
      message: `hash.primary cannot be changed: ${nowhere} cannot be written`,
    })
  })

  it('a wrong value or an unknown key leaves the file alone', async () => {
    const path = file('# mine\n')
    expect(await failure(changeSettingsFile(path, 'git.require_clean', ['perhaps']))).toMatchObject({
      code: 'ROAR_CONFIG_TYPE',
    })
    expect(await failure(changeSettingsFile(path, 'git.pushtags', ['on']))).toMatchObject({
      code: 'ROAR_CONFIG_UNKNOWN_KEY',
    })
    expect(readFileSync(path, 'utf8')).toBe('# mine\n')
  })

  it("the workspace's file and the user's are separate, both for their owner only", async () => {
    const { workspace } = await initWorkspace(folder())
    const old = process.env.XDG_CONFIG_HOME
    process.env.XDG_CONFIG_HOME = folder()
    try {
      await setConfig(workspace, 'hash.primary', ['sha256'], 'user')
      const own = join(process.env.XDG_CONFIG_HOME, 'roar/config.toml')
      expect(parse(readFileSync(own, 'utf8'))).toEqual({ hash: { primary: 'sha256' } })
      expect([statSync(own).mode & 0o777, statSync(workspace.configFile).mode & 0o777]).toEqual([0o600, 0o600])
      await unsetConfig(workspace, 'hash.primary', 'user')
      expect(readFileSync(own, 'utf8')).not.toContain('sha256')
    } finally {
      if (old === undefined) delete process.env.XDG_CONFIG_HOME
      else process.env.XDG_CONFIG_HOME = old
    }
  })

  it('variables have the name of their setting', () => {
    expect(environmentName('git.require_clean')).toBe('ROAR_GIT_REQUIRE_CLEAN')
  })
})
