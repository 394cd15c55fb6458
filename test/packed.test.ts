// What `npm pack` takes along of each package: all that its `exports`, its types and its README promise.
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const folders = readdirSync(join(root, 'packages')).map((name) => join(root, 'packages', name))
const words = ['pack', ...folders, '--json', '--ignore-scripts', '--dry-run']
const packed = JSON.parse(execFileSync('npm', words, { encoding: 'utf8', maxBuffer: 1 << 28 })) as {
  name: string
  files: { path: string }[]
}[]

/** Every file that a manifest leads to; `roar-source` is for tests in this repository alone. */
function targets(exported: unknown): string[] {
  if (typeof exported === 'string') return [exported]
  if (exported === null || typeof exported !== 'object') return []
  return Object.entries(exported).flatMap(([condition, to]) => (condition === 'roar-source' ? [] : targets(to)))
}

const pattern = (target: string): RegExp =>
  new RegExp(`^${target.replace(/^\.\//, '').replace(/[.+]/g, '\\$&').replace('*', '.+')}$`)

/** Where a README speaks of how the package is made. */
const ofTheRepository = /^(src|test|scripts|native)\b/

describe.each(packed)('$name packs', ({ name, files }) => {
  const folder = join(root, 'packages', name.replace('@roar/', ''))
  const paths = files.map(({ path }) => path)
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))

  it('what its exports and bin lead to', () => {
    const wanted = [...targets(manifest.exports), ...targets(manifest.bin)]
    expect(wanted.filter((target) => !paths.some((path) => pattern(target).test(path)))).toEqual([])
  })

  it('the types that its types are made of', () => {
    const missing = paths
      .filter((path) => path.endsWith('.d.ts'))
      .flatMap((path) =>
        [...readFileSync(join(folder, path), 'utf8').matchAll(/(?:from|import)\s*\(?'(\.[^']+)'/g)]
          .map(([, to]) => join(dirname(path), (to as string).replace(/\.js$/, '.d.ts')))
          .filter((to) => !paths.includes(to)),
      )
    expect(missing).toEqual([])
  })

  it('the files that its README names for those who use it', () => {
    const readme = readFileSync(join(folder, 'README.md'), 'utf8')
    const named = [...readme.matchAll(/`([\w.-]+\/[\w./-]*)`/g)].map(([, path]) => path as string)
    const own = named.filter((path) => !ofTheRepository.test(path) && existsSync(join(folder, path)))
    const isPacked = (path: string): boolean => paths.some((one) => one === path || one.startsWith(`${path}/`))
    expect(own.map((path) => path.replace(/\/$/, '')).filter((path) => !isPacked(path))).toEqual([])
  })

  it('no tests, and nothing that is made while building', () => {
    expect(paths.filter((path) => /\.test\.|\.test-data\.|^(src|test|node_modules)\//.test(path))).toEqual([])
    expect(paths.every((path) => statSync(join(folder, path)).isFile())).toBe(true)
  })
})

it('the writer of a log in C, and its header, are what @roar/trace-protocol exports', () => {
  const { exports } = JSON.parse(readFileSync(join(root, 'packages/trace-protocol/package.json'), 'utf8'))
  expect(exports).toMatchObject({ './roar_trace.h': './generated/roar_trace.h', './native/*': './native/*' })
  const paths = packed.find(({ name }) => name === '@roar/trace-protocol')?.files.map(({ path }) => path)
  const sources = readdirSync(join(root, 'packages/trace-protocol/native')).map((name) => `native/${name}`)
  expect(paths).toEqual(expect.arrayContaining(['generated/roar_trace.h', ...sources]))
})
