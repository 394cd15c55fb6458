// What the built command loads late, it finds: the drawing library, the digest cache, a plugin that only import() can load.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { roarBin, TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

it('runs from V8’s code caches, which hold for a Node without flags, as the command starts it', () => {
  expect(
    readFileSync(roarBin, 'utf8')
      .match(/node \S+/g)
      ?.filter((words) => /^node -/.test(words)),
  ).toEqual([])
  const look = `
    const { readFileSync } = require('node:fs')
    for (const file of process.argv.slice(1)) {
      const source = require('node:module').wrap(readFileSync(file, 'utf8'))
      const script = new (require('node:vm').Script)(source, { filename: file, cachedData: readFileSync(file + '.cache') })
      console.log(script.cachedDataRejected)
    }`
  const packages = join(dirname(roarBin), '../..')
  const files = ['cli/dist/dispatch.js', 'cli/dist/record.js', 'cli/dist/read.js', 'store-sql/dist/index.cjs'].map(
    (file) => join(packages, file),
  )
  expect(w.command(process.execPath, '-e', look, ...files).out).toBe('false\nfalse\nfalse\nfalse\n')
})

it('draws the graph as SVG', () => {
  w.must('run', '-q', 'sh', '-c', 'echo 1 > drawn')
  w.must('dag', '--svg', 'dag.svg')
  expect(readFileSync(join(w.root, 'dag.svg'), 'utf8')).toMatch(/^<svg.*drawn.*<\/svg>\s*$/s)
})

it('knows the digest of a large file that has not changed', () => {
  const made = w.must('run', '-q', 'sh', '-c', 'truncate -s 200M large')
  expect(made.err).toBe('')
  for (let i = 0; i < 2; i++) {
    const status = JSON.parse(w.must('status', '--json').out) as { outputs: { path: string; state: string }[] }
    expect(status.outputs.find(({ path }) => path === 'large')).toMatchObject({ state: 'present' })
  }
  const [first, second] = [1, 2].map(() => JSON.parse(w.must('hash', '--json', 'large').out).files[0])
  expect(second).toEqual(first)
})

it('loads a plugin that awaits at its top level', () => {
  const plugin = join(w.root, 'plugin')
  mkdirSync(plugin)
  const manifest = {
    name: 'roar-hash-late',
    version: '1.0.0',
    type: 'module',
    exports: './index.js',
    roar: { api: 1, contributes: { hashes: [{ name: 'late', export: 'createLate' }] } },
  }
  writeFileSync(join(plugin, 'package.json'), JSON.stringify(manifest))
  writeFileSync(
    join(plugin, 'index.js'),
    `const zero = await Promise.resolve(0)
export const createLate = () => ({
  name: 'late',
  digestLength: 1,
  files: null,
  create() {
    let sum = zero
    return { update: (bytes) => { for (const byte of bytes) sum = (sum + byte) & 255 }, digest: () => Uint8Array.of(sum) }
  },
})
`,
  )
  w.must('plugin', 'add', './plugin')
  writeFileSync(join(w.root, 'small'), '\x01\x02\x03')
  const { files } = JSON.parse(w.must('hash', '--json', '-a', 'late', 'small').out)
  expect(files[0].digests).toEqual({ late: '06' })
})
