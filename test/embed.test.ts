// A program embeds roar from the packed tarballs, in an empty folder, as its author would: npm install, import, createRoar.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const place = mkdtempSync(join(tmpdir(), 'roar-embed-'))
const program = join(place, 'program')

/** As `npm run build` lays it out: one module of its own sources, its dependencies outside. */
async function stage(name: string): Promise<string> {
  const [from, to] = [join(root, 'packages', name), join(place, 'staged', name)]
  mkdirSync(to, { recursive: true })
  for (const file of ['package.json', 'README.md'])
    if (existsSync(join(from, file))) copyFileSync(join(from, file), join(to, file))
  await build({
    entryPoints: [join(from, 'src/index.ts')],
    outfile: join(to, 'dist/index.js'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    logLevel: 'error',
  })
  return to
}

const npm = (args: readonly string[], cwd: string): string =>
  execFileSync('npm', [...args, '--offline', '--loglevel=error'], { cwd, encoding: 'utf8', stdio: 'pipe' })

function pack(directory: string): string {
  const [{ filename }] = JSON.parse(npm(['pack', directory, '--json', '--ignore-scripts'], place))
  return join(place, filename)
}

const detector = `export const createDetector = () => ({
  name: 'editor-backups',
  detect: ({ path }) => (path.endsWith('~') ? { is: 'ignored', why: 'backup' } : null),
})\n`

beforeAll(async () => {
  mkdirSync(join(program, 'my-plugin'), { recursive: true })
  const ours = await Promise.all(['trace-protocol', 'core', 'host'].map(stage))
  // The others' tarballs are made from what is installed here, so that no registry is asked.
  const theirs = ['smol-toml', 'ignore'].map((name) => join(root, 'node_modules', name))
  const tarballs = [...ours, ...theirs].map(pack)
  writeFileSync(join(program, 'package.json'), '{ "name": "program", "version": "1.0.0", "type": "module" }')
  npm(['install', '--no-audit', '--no-fund', '--ignore-scripts', ...tarballs], program)
  const roar = { api: 1, contributes: { detectors: [{ name: 'editor-backups', export: 'createDetector' }] } }
  const manifest = { name: 'my-plugin', version: '1.0.0', type: 'module', exports: './index.js', roar }
  writeFileSync(join(program, 'my-plugin/package.json'), JSON.stringify(manifest))
  writeFileSync(join(program, 'my-plugin/index.js'), detector)
})

afterAll(() => rmSync(place, { recursive: true, force: true }))

function run(text: string): unknown {
  writeFileSync(join(program, 'main.js'), text)
  return JSON.parse(execFileSync(process.execPath, ['main.js'], { cwd: program, encoding: 'utf8' }))
}

it('the example of the guide hashes with an algorithm of the program itself', () => {
  const guide = readFileSync(join(root, 'docs/guides/embedding.md'), 'utf8')
  const example = /```js\n(\/\/ hash\.js\n[\s\S]*?)```/.exec(guide)?.[1] ?? ''
  expect(run(example)).toEqual({ 'package.json': expect.stringMatching(/^[0-9a-f]{64}$/) })
})

it('a folder of the program is a plugin, loaded by the same path as any other', () => {
  const answer = run(`import { createRoar } from '@roar/host'
const roar = await createRoar({ plugins: ['./my-plugin'], from: import.meta.url })
const [detector] = await roar.plugins.loadAll('detectors')
console.log(JSON.stringify([roar.plugins.list().map((one) => one.name), detector.detect({ path: '/a~' })]))
await roar.close()`)
  expect(answer).toEqual([['my-plugin'], { is: 'ignored', why: 'backup' }])
})

it('outside of a workspace a run is refused with its code', () => {
  const answer = run(`import { createRoar } from '@roar/host'
const roar = await createRoar({ plugins: [] })
console.log(JSON.stringify(await roar.run({ argv: ['true'] }).catch((error) => [error.code, error.remedy])))`)
  expect(answer).toEqual(['ROAR_WORKSPACE_MISSING', ['cd to your project, then: roar init']])
})

it('importing does nothing: no file is made and nothing is printed', () => {
  const answer = run(`await import('@roar/host')\nconsole.log('"quiet"')`)
  expect(answer).toBe('quiet')
  expect(existsSync(join(program, '.roar'))).toBe(false)
})
