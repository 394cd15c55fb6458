/** How the command is found in an argument list. */
import { describe, expect, it } from 'vitest'
import { splitArguments } from './arguments.ts'

const commands = new Set(['log', 'run', 'config', 'config get'])
const split = (...argv: string[]) => splitArguments(argv, commands)

describe('the command in an argument list', () => {
  it('is the first word, or two where there is a command of two words', () => {
    expect(split('log', '--json').path).toEqual(['log'])
    expect(split('config', 'get', 'hash.primary')).toEqual({
      path: ['config', 'get'],
      rest: ['hash.primary'],
      word: 'config',
    })
    expect(split('config').path).toEqual(['config'])
  })

  it('may have common options before it, with their values', () => {
    expect(split('-C', 'log', '--json', 'log', '-n', '3')).toEqual({
      path: ['log'],
      rest: ['-C', 'log', '--json', '-n', '3'],
      word: 'log',
    })
  })

  it('is nothing when the word is not known', () => {
    expect(split('lgo')).toMatchObject({ path: [], word: 'lgo' })
    expect(split('--json')).toMatchObject({ path: [], word: null })
  })
})
