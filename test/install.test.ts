// The command as a release installs it: packed packages side by side, the native parts in the package of the platform, nothing built.
import { execFileSync, spawnSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-install-')))
const modules = join(place, 'node_modules')
const project = join(place, 'project')
const platform = `native-${process.platform}-${process.arch}`
const env = { PATH: process.env.PATH, HOME: place, LANG: 'C.UTF-8', ROAR_EBPF_SOCKET: process.env.ROAR_EBPF_SOCKET }

/** What `npm pack` makes of folders, where `npm install` puts them. */
function install(folders: readonly string[]): void {
  const words = ['pack', ...folders, '--json', '--ignore-scripts', '--pack-destination', place]
  const packed = JSON.parse(execFileSync('npm', words, { encoding: 'utf8' })) as { name: string; filename: string }[]
  for (const { name, filename } of packed) {
    const to = join(modules, name)
    mkdirSync(to, { recursive: true })
    execFileSync('tar', ['-xzf', join(place, filename), '-C', to, '--strip-components=1'])
  }
}

/** Other people's packages are those of this repository. */
function linkOthers(): void {
  for (const name of readdirSync(join(root, 'node_modules')))
    if (!['@roar', '.bin'].includes(name) && !name.startsWith('.'))
      symlinkSync(join(root, 'node_modules', name), join(modules, name))
}

const roar = (...words: string[]) =>
  spawnSync(join(modules, '@roar/cli/bin/roar'), words, { cwd: project, env, encoding: 'utf8' })

beforeAll(() => {
  mkdirSync(project)
  const release = join(place, 'release')
  execFileSync(process.execPath, [join(root, 'scripts/release-native.mjs'), '--as-built', release], { stdio: 'ignore' })
  const ours = readdirSync(join(root, 'packages')).filter((name) => name !== 'native')
  install([...ours.map((name) => join(root, 'packages', name)), join(release, 'native'), join(release, platform)])
  linkOthers()
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

it('an installed command records a run by the native parts of its platform', () => {
  writeFileSync(join(project, 'a'), 'hello')
  expect(roar('init', '-q')).toMatchObject({ status: 0 })
  expect(roar('run', '-q', '--tracer', 'preload', '--no-tracer-fallback', 'cp', 'a', 'b')).toMatchObject({
    status: 0,
    stderr: '',
  })
  const { job } = JSON.parse(roar('show', '@1', '--json').stdout)
  expect(job.tracer.name).toBe('preload')
  expect(job.inputs.map((edge: { path: string }) => edge.path)).toEqual(['a'])
  expect(job.outputs.map((edge: { path: string }) => edge.path)).toEqual(['b'])
  // The launcher came along: without it Node would start the command, which it does with signals reset.
  const kept = spawnSync(
    'nohup',
    [join(modules, '@roar/cli/bin/roar'), 'run', '-q', 'sh', '-c', 'grep SigIgn /proc/self/status'],
    { cwd: project, env, encoding: 'utf8' },
  )
  expect(Number.parseInt(kept.stdout.split('\t')[1] ?? '0', 16) & 1).toBe(1)
})

it('the link that npm makes answers the first questions of who has just installed it', () => {
  // As `npm install --global` makes it.
  mkdirSync(join(place, 'bin'))
  symlinkSync('../node_modules/@roar/cli/bin/roar', join(place, 'bin/roar'))
  const empty = join(place, 'empty')
  mkdirSync(empty)
  const PATH = `${join(place, 'bin')}:${env.PATH}`
  const ask = (line: string) => spawnSync('sh', ['-c', line], { cwd: empty, env: { ...env, PATH }, encoding: 'utf8' })
  const answers: readonly (readonly [string, RegExp])[] = [
    ['roar --version', /^\d+\.\d+\.\d+\n$/],
    ['roar --help', /roar run/],
    ['roar tracer', /^preload \S+ {2}works here/],
    ['roar init', /is a workspace now/],
    [
      'echo hello > in; roar run -q cp in out; roar show out',
      /^out\n[\s\S]*produced by \(1\)\n {2}@1 [^\n]* cp in out\n/,
    ],
    ['roar log', /@1 .* cp in out\n$/],
    ['roar hash --algorithm sha256 in', /^(sha256:)?5891b5b522d5/],
    ['roar plugin check', /./],
    ['roar doctor', /✓ native parts/],
  ]
  for (const [line, expected] of answers) {
    const said = ask(line)
    expect(said.stdout, `${line}: ${said.stderr}`).toMatch(expected)
    expect(said, line).toMatchObject({ status: 0, stderr: '' })
  }
})

it('nothing that is installed names the place where it was built', () => {
  const files = readdirSync(join(modules, '@roar'), { recursive: true, withFileTypes: true }).filter((one) =>
    one.isFile(),
  )
  const named = files.map((one) => join(one.parentPath, one.name)).filter((path) => readFileSync(path).includes(root))
  expect(files.length).toBeGreaterThan(100)
  expect(named.map((path) => path.slice(modules.length))).toEqual([])
})

it('the stack of a fault names the bundles by their package', () => {
  const broken = { ...env, NODE_OPTIONS: `--require=${join(project, 'broken.cjs')}` }
  const fault = `const usual = JSON.stringify
JSON.stringify = (value, ...rest) => {
  if (Array.isArray(value) && value.includes('true')) throw new TypeError('odd')
  return usual(value, ...rest)
}`
  writeFileSync(join(project, 'broken.cjs'), fault)
  const said = spawnSync(join(modules, '@roar/cli/bin/roar'), ['run', '-v', 'true'], {
    cwd: project,
    env: broken,
    encoding: 'utf8',
  })
  expect(said.stderr).toMatch(/\n +at .*\(@roar\/[\w-]+\/dist\/\w+\.c?js:\d+:\d+\)/)
  expect(said.stderr).not.toContain(root)
})

it('a package of the platform that is of another version is refused with the way out', () => {
  const path = join(modules, '@roar', platform, 'package.json')
  const text = readFileSync(path, 'utf8')
  writeFileSync(path, text.replace('"version": "0.1.0"', '"version": "0.0.9"'))
  const refused = roar('run', 'true')
  writeFileSync(path, text)
  expect(refused.status).toBe(125)
  expect(refused.stderr).toContain(`npm install @roar/${platform}@0.1.0`)
})

it('the doctor compares the files with their checksums', () => {
  const of = () => {
    const { checks } = JSON.parse(roar('doctor', '--json').stdout) as { checks: { name: string; ok: boolean }[] }
    return checks.find(({ name }) => name === 'native parts')
  }
  expect(of()).toMatchObject({ ok: true })
  const path = join(modules, '@roar', platform, 'roar-ptrace')
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.subarray(0, 100))
  expect(of()).toMatchObject({ ok: false, detail: 'not as released: roar-ptrace' })
  writeFileSync(path, bytes)
})

it('a package of the platform names what is in it by its checksums', () => {
  const sums = JSON.parse(readFileSync(join(modules, '@roar', platform, 'checksums.json'), 'utf8'))
  const listed = execFileSync('sha256sum', Object.keys(sums), {
    cwd: join(modules, '@roar', platform),
    encoding: 'utf8',
  })
  for (const line of listed.trim().split('\n')) {
    const [sum, name] = line.split(/\s+/)
    expect(sums[name as string]).toBe(`sha256:${sum}`)
  }
  expect(Object.keys(sums)).toContain('libroar-preload.so')
})
