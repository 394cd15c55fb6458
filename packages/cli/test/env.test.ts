/** `roar env`: variables that runs and builds of a workspace get, and that their records have. */
import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { type Said, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces()
const configFile = (w: TestWorkspace): string => join(w.root, '.roar/config.toml')
const code = (said: Said): unknown => JSON.parse(said.err).error.code
const variables = (said: Said) => {
  const document = JSON.parse(said.out)
  expect(schemaErrors(document)).toEqual([])
  return document.variables
}

describe('roar env', () => {
  it('gives a variable to every run and build, over the shell’s own, and its value is recorded', () => {
    const w = workspace()
    expect(variables(w.must('env', 'set', 'MODE=fast', 'THREADS=2', '--json'))).toEqual([
      { name: 'MODE', value: 'fast', secret: false, origin: configFile(w), shell: 'unset' },
      { name: 'THREADS', value: '2', secret: false, origin: configFile(w), shell: 'unset' },
    ])
    const ran = w.shell('MODE=slow $roar run -v sh -c "echo $THREADS\\$MODE\\$THREADS"')
    expect(ran.out).toBe('fast2\n')
    expect(ran.err).toContain('MODE is set for this workspace (roar env), over what your shell has')
    expect(w.roar('build', 'sh', '-c', 'printf $MODE').out).toBe('fast')
    for (const ref of ['@1', '@B1'])
      expect(w.job(ref).environment?.variables).toMatchObject({ MODE: 'fast', THREADS: '2' })
    expect(w.execute('sh', ['-c', 'echo "[$MODE]"']).out).toBe('[]\n')
  })

  it('is asked, told of the shell’s own value, and taken away again', () => {
    const w = workspace()
    expect(w.must('env').out).toContain('No variable is set')
    w.must('env', 'set', 'TITLE', 'two words')
    expect(w.must('env', 'get', 'TITLE').out).toBe('two words\n')
    w.env.TITLE = 'another'
    expect(w.must('env').out).toMatch(/TITLE +two words +your shell has another value/)
    expect(variables(w.must('env', '--json'))).toMatchObject([{ shell: 'other' }])
    const before = readFileSync(configFile(w), 'utf8')
    w.must('env', 'set', 'TITLE=x', 'EMPTY=')
    expect(variables(w.must('env', 'list', '--json')).map((one: { value: string }) => one.value)).toEqual(['', 'x'])
    expect(variables(w.must('env', 'unset', 'TITLE', 'EMPTY', '--json'))).toEqual([])
    expect(w.roar('run', 'sh', '-c', 'echo $TITLE').out).toBe('another\n')
    expect(readFileSync(configFile(w), 'utf8')).toBe(before.replace('TITLE = "two words"\n', ''))
  })

  it('finds the command in the PATH that was set', () => {
    const w = workspace()
    w.write('tools/mine', '#!/bin/sh\necho mine\n').command('chmod', '+x', 'tools/mine')
    w.commit()
    expect(w.roar('run', 'mine').code).toBe(127)
    w.must('env', 'set', `PATH=${w.root}/tools:${process.env.PATH}`)
    expect(w.roar('run', 'mine').out).toBe('mine\n')
  })

  it('refuses secrets by name, by form and by the shell’s own, and changes nothing; what only looks like one can be let through', () => {
    const w = workspace()
    w.env.MY_TOKEN = 'Zq8xkT0vLw3nRb5y'
    const before = readFileSync(configFile(w), 'utf8')
    const key = `AKIA${'QX7NJ2LMHV5R3TKD'}`
    for (const word of ['API_KEY=Zq8xkT0vLw3nRb5z', `NOTE=${key}`, 'COPY=Zq8xkT0vLw3nRb5y']) {
      const said = w.roar('env', 'set', 'FINE=1', word, '--json')
      expect(said.code).toBe(1)
      expect(code(said)).toBe('ROAR_CONFIG_SECRET')
      expect(said.out + said.err).not.toContain(word.split('=')[1])
    }
    expect(readFileSync(configFile(w), 'utf8')).toBe(before)
    w.must('config', 'set', 'redact.keep', 'API_KEY')
    w.must('env', 'set', 'API_KEY=public')
    expect(w.must('env', 'get', 'API_KEY').out).toBe('public\n')
  })

  it('neither shows nor records a secret that was written into the file by hand', () => {
    const w = workspace()
    const secret = 'Zq8xkT0vLw3nRb5y'
    appendFileSync(configFile(w), `\n[env.set]\nDB_PASSWORD = "${secret}"\n`)
    const texts = [w.must('env'), w.must('env', '--json'), w.must('env', 'get', 'DB_PASSWORD')]
    expect(texts[0]?.out).toContain('take it out')
    const ran = w.roar('run', 'sh', '-c', `test "$DB_PASSWORD" = ${secret} && touch right`)
    expect(ran.code).toBe(0)
    texts.push(ran, w.must('show', '@1', '--json'), w.must('show', '@1', '-vv'))
    for (const one of texts) expect(one.out + one.err).not.toContain(secret)
    expect(w.job('@1').environment?.variables.DB_PASSWORD).toBe('<redacted:password>')
  })

  it('says what is wrong with a name, a value or a file, with a code and the way out', () => {
    const w = workspace()
    expect(w.roar('env', 'set', 'NOTHING')).toMatchObject({ code: 2, err: expect.stringContaining('roar env set') })
    for (const name of ['2ND', 'A-B', 'ROAR_HASH_PRIMARY', 'A.B']) {
      const said = w.roar('env', 'set', `${name}=1`, '--json')
      expect([said.code, code(said)]).toEqual([2, 'ROAR_ENV_NAME'])
    }
    w.must('env', 'set', 'THREADS=1')
    for (const verb of ['get', 'unset']) {
      const said = w.roar('env', verb, 'THREDS')
      expect(said).toMatchObject({
        code: 1,
        err: expect.stringMatching(/THREADS[\s\S]*ROAR_ENV_UNKNOWN|ROAR_ENV_UNKNOWN[\s\S]*THREADS/),
      })
    }
    expect(code(w.roar('config', 'set', 'env.set.THREADS', '2', '--json'))).toBe('ROAR_CONFIG_UNKNOWN_KEY')
    appendFileSync(configFile(w), 'NUMBER = 3\n')
    expect(code(w.roar('env', '--json'))).toBe('ROAR_CONFIG_TYPE')
  })

  it('has no variables of a user: they would get between a recipe and what it recorded', () => {
    const w = workspace()
    w.write('../home/.config/roar/config.toml', '[env.set]\nTHREADS = "1"\n')
    const said = w.roar('env', '--json')
    expect(code(said)).toBe('ROAR_CONFIG_TYPE')
    expect(said.err).toContain('for one workspace')
  })

  it('has help with examples, and its words are completed', () => {
    const w = workspace()
    for (const words of [['env'], ['env', 'set'], ['env', 'get'], ['env', 'unset'], ['env', 'list']])
      expect(w.must(...words, '--help').out).toContain('roar env')
    expect(w.must('env', '--help').out).toContain('a reproduction has them again')
    const completion = w.must('completion', 'bash').out
    expect(completion).toMatch(/'env'\) words='list get set unset/)
  })
})
