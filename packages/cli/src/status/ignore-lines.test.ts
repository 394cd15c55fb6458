/** The lines that keep outputs out of git. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { expect, it } from 'vitest'
import { ignoreLines } from './ignore-lines.ts'

it('names a folder where several outputs lie in it, and single files otherwise', () => {
  expect(ignoreLines(['out/a', 'out/b', 'out/c', 'model.json', 'x/y'])).toEqual(['/model.json', '/out/', '/x/y'])
})

it('is understood by git, special characters and all', () => {
  const paths = ['a*b', 'c[1]', 'd?', 'e ', 'f\\g', '#h', '!i']
  const directory = mkdtempSync(join(tmpdir(), 'roar-ignore-'))
  try {
    execFileSync('git', ['init', '-q', directory])
    for (const path of [...paths, 'axb']) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), '')
    }
    writeFileSync(join(directory, '.gitignore'), `${ignoreLines(paths).join('\n')}\n`)
    const left = execFileSync('git', ['-C', directory, 'ls-files', '-z', '--others', '--exclude-standard'], {
      encoding: 'utf8',
    })
    expect(left.split('\0').filter(Boolean).sort()).toEqual(['.gitignore', 'axb'])
  } finally {
    rmSync(directory, { recursive: true })
  }
})
