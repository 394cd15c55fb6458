import { describe, expect, it } from 'vitest'
import { recordingOptions } from '../run/recording-options.ts'
import { readWords } from './read-words.ts'

const read = (line: string) => readWords(line.split(' ').filter(Boolean), recordingOptions, false)

describe('words of a plain form', () => {
  it('are read with their values, in any order, lists as often as they come', () => {
    const words = read('-q --tag a=1 -n train -C sub --tag b=2 --allow-dirty -vv')
    expect(words?.given).toEqual({
      ...{ json: false, quiet: true, directory: 'sub', allowDirty: true, name: 'train', tag: ['a=1', 'b=2'] },
      ...{ hash: [], composites: [], tracer: undefined, jsonFile: undefined },
    })
    expect(words?.verbosity).toBe(2)
  })

  it('begin with nothing in the lists, each time', () => {
    read('--tag a=1')
    expect(read('')?.given.tag).toEqual([])
  })

  it.each([
    '-n',
    '-n -q',
    '-n one -n two',
    '--tracer=ptrace',
    '--no-hash-inputs',
    '--tracer-fallback',
    '-qv',
    '--unknown',
    'word',
    '--color always',
  ])('are not: %s', (line) => {
    expect(read(line)).toBeNull()
  })
})
