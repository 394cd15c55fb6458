/** The lines that keep outputs out of git. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ignoreLines } from './ignore-lines.ts'

it.each([
  [
    'a folder where several outputs lie and nothing else',
    ['out/a', 'out/b', 'out/c', 'model.json', 'x/y'],
    [],
    ['/model.json', '/out/', '/x/y'],
  ],
  ['the folder above, where that is so of it, too', ['out/1/a', 'out/2/b', 'out/2/c'], ['train.py'], ['/out/']],
  [
    'no folder above something else',
    ['out/1/a', 'out/1/b', 'out/1/c', 'out/2/d'],
    ['out/keep/x'],
    ['/out/1/', '/out/2/d'],
  ],
  [
    'the ending, where a folder holds something else',
    ['src/a.o', 'src/b.o', 'src/c.o', 'src/log'],
    ['src/a.c'],
    ['/src/*.o', '/src/log'],
  ],
  [
    'each file, where something else has that ending',
    ['d/1.csv', 'd/2.csv', 'd/3.csv'],
    ['d/given.csv'],
    ['/d/1.csv', '/d/2.csv', '/d/3.csv'],
  ],
  ['the ending at the root', ['a.png', 'b.png', 'c.png'], ['plot.py'], ['/*.png']],
])('names %s', (_, outputs, others, lines) => {
  expect(ignoreLines(outputs, others)).toEqual(lines)
})

const odd = ['a*b', 'c[1]', 'd?', 'e ', 'f\\g', '#h', '!i']

it.each([
  ['special characters and all', odd, []],
  ['folders of special names', odd.flatMap((name) => [1, 2, 3].map((n) => `${name}/${n}`)), []],
  [
    'endings of special names',
    ['*', '[1]', '? ', '\\x'].flatMap((end) => [1, 2, 3].map((n) => `d/${n}.${end}`)),
    ['d/other'],
  ],
])('is understood by git, %s', (_, paths, others) => {
  const directory = mkdtempSync(join(tmpdir(), 'roar-ignore-'))
  try {
    execFileSync('git', ['init', '-q', directory])
    for (const path of [...paths, ...others, 'axb']) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), '')
    }
    writeFileSync(join(directory, '.gitignore'), `${ignoreLines(paths, others).join('\n')}\n`)
    const left = execFileSync('git', ['-C', directory, 'ls-files', '-z', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    })
    expect(left.split('\0').filter(Boolean).sort()).toEqual(['.gitignore', 'axb', ...others].sort())
  } finally {
    rmSync(directory, { recursive: true })
  }
})
