// Makes a clone ready: packages installed, native parts built, bundles made. Each only when it is missing or stale.
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { execute, find, has, StepFailed, works } from './execute.mjs'
import { unlessFresh } from './fresh.mjs'
import { plugins, root } from './packages.mjs'
import { missing, step } from './say.mjs'

const needed = { git: 'apt-get install git', make: 'apt-get install make', cc: 'apt-get install gcc libc6-dev' }
const optional = {
  cargo:
    'https://rustup.rs: without it BLAKE3 runs on WebAssembly, at an eighth of the speed, and its addon is not tested',
  python3: 'apt-get install python3: the demo and some tests need it',
  strace: 'apt-get install strace: the oracle of the conformance suite',
  'musl-gcc': 'apt-get install musl-tools: musl programs are not tested',
  'aarch64-linux-gnu-gcc': 'apt-get install gcc-aarch64-linux-gnu: the tracers for arm64 are not built',
  clang: 'apt-get install clang llvm libbpf-dev bpftool libelf-dev zlib1g-dev: the eBPF tracer is not built',
}

/** Names what the machine lacks. */
export function checkTools() {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 20) throw new StepFailed(`Node ${process.version} is too old: roar needs 20 or newer`)
  for (const [tool, remedy] of Object.entries(needed))
    if (!has(tool)) throw new StepFailed(`${tool} is not installed: ${remedy}`)
  for (const [tool, remedy] of Object.entries(optional)) if (!has(tool)) missing(`${tool} is not installed`, remedy)
  if (has('cargo') && !works('cargo', ['--version'])) missing('cargo has no tool chain', 'rustup default stable')
}

/** Headers of this very Node, so that building better-sqlite3 needs no download. Those of another version give an addon that does not load. */
function headersEnv() {
  const prefix = dirname(dirname(process.execPath))
  const { npm_config_nodedir: asked, ...env } = process.env
  const places = [asked, prefix, '/usr', '/usr/local']
  const place = places.find((one) => one && majorOf(one) === process.versions.node.split('.')[0])
  return place ? { ...env, npm_config_nodedir: place } : env
}

function majorOf(prefix) {
  const file = join(prefix, 'include/node/node_version.h')
  return existsSync(file) ? /NODE_MAJOR_VERSION (\d+)/.exec(readFileSync(file, 'utf8'))?.[1] : null
}

/** The one that npm brings along; `npm root` would tell where this Node would have its npm. */
function nodeGyp() {
  const npm = realpathSync(find('npm'))
  return join(dirname(npm), '../node_modules/node-gyp/bin/node-gyp.js')
}

const binding = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'

async function install() {
  const inputs = ['package-lock.json']
  await unlessFresh('install', inputs, ['node_modules/typescript', 'node_modules/esbuild'], () =>
    // Not `npm ci`: it refuses a lock in which an optional package of another platform is missing, and some mirrors do not have them all.
    step('install packages', () =>
      execute('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'], { env: headersEnv() }),
    ),
  )
  // npm 11 may leave install scripts out; this one compiles SQLite.
  if (!existsSync(join(root, binding)) || !loads(binding))
    await step('build better-sqlite3', () => {
      const at = join(root, 'node_modules/better-sqlite3')
      execute(process.execPath, [nodeGyp(), 'rebuild', '--release'], { cwd: at, env: headersEnv() })
    })
}

function loads(path) {
  try {
    process.dlopen({ exports: {} }, join(root, path))
    return true
  } catch (error) {
    return !/NODE_MODULE_VERSION|cannot open/.test(String(error))
  }
}

async function buildNative() {
  const arch = process.arch
  const headers = ['packages/trace-protocol/generated', 'packages/trace-protocol/native']
  const preload = 'packages/tracer-preload/native'
  const onLinux = process.platform === 'linux'
  const made = [arch, ...(has('aarch64-linux-gnu-gcc') ? ['arm64'] : [])]
  const libraries = onLinux
    ? made.map((one) => `${preload}/build/linux-${one}/libroar-preload.so`)
    : [`${preload}/build/${process.platform}-${arch}/libroar-preload.dylib`]
  await unlessFresh('preload', [preload, ...headers], libraries, () =>
    step('build the preload library', () => execute('make', ['-s', '-C', preload])),
  )
  if (onLinux) await buildSupervisor('packages/tracer-ptrace/native', headers, made)
  await buildEbpf('packages/tracer-ebpf/native', headers)
  if (onLinux) await buildLauncher('packages/cli/launcher')
  await buildAddon('packages/hash-blake3/native', arch)
}

/** Elsewhere Node starts commands by itself. */
async function buildLauncher(launcher) {
  await unlessFresh('launcher', [launcher], [`${launcher}/build/here/roar-launcher`], () =>
    step('build the launcher', () => execute('make', ['-s', '-C', launcher])),
  )
}

async function buildSupervisor(native, headers, made) {
  const supervisors = made.map((one) => `${native}/build/linux-${one}/roar-ptrace`)
  await unlessFresh('ptrace', [native, ...headers], supervisors, () =>
    step('build the supervisor', () => execute('make', ['-s', '-C', native])),
  )
}

/** Its programs for the kernel need a compiler of their own; where that is missing the other tracers do. */
async function buildEbpf(native, headers) {
  if (process.platform !== 'linux' || process.arch !== 'x64' || !has('clang') || !hasBpftool()) return
  const made = ['roard', 'roar-ebpf'].map((name) => `${native}/build/linux-${process.arch}/${name}`)
  try {
    await unlessFresh('ebpf', [native, ...headers], made, () =>
      step('build the eBPF tracer', () => execute('make', ['-s', '-C', native])),
    )
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    missing('the eBPF tracer could not be built', 'apt-get install clang libbpf-dev bpftool libelf-dev zlib1g-dev')
  }
}

/** Debian puts it where only root looks. */
const hasBpftool = () => has('bpftool') || existsSync('/usr/sbin/bpftool')

/** Tried again at the next call when it fails: a crate that could not be fetched may be there then. */
async function buildAddon(native, arch) {
  // rustup's `cargo` is there without a tool chain, and fails at once.
  if (!works('cargo', ['--version'])) return
  try {
    await unlessFresh('addon', [native], [`${native}/build/${process.platform}-${arch}/roar-blake3.node`], () =>
      step('build the BLAKE3 addon', () => execute(process.execPath, ['packages/hash-blake3/scripts/build.mjs'])),
    )
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    missing('the BLAKE3 addon could not be built', 'BLAKE3 runs on WebAssembly; cargo says above what it lacks')
  }
}

const sources = ['packages', 'scripts', 'tsconfig.base.json', 'package-lock.json']

async function bundle() {
  const outputs = [
    ...plugins.map((name) => `packages/${name}/dist/index.cjs`),
    'packages/cli/dist/record.js.cache',
    'packages/cli/dist/read.js.cache',
  ]
  await unlessFresh('bundles', sources, outputs, () =>
    step('bundle the packages', async () => {
      const { bundlePackages } = await import('./bundle-packages.mjs')
      await bundlePackages()
      execute(process.execPath, ['packages/cli/scripts/make-caches.mjs'], {
        stdio: 'ignore',
      })
    }),
  )
}

async function declare() {
  await unlessFresh('declarations', [...sources, 'tsconfig.json'], ['packages/core/dist/index.d.ts'], () =>
    step('write type declarations', async () => (await import('./declarations.mjs')).writeDeclarations()),
  )
}

/** `types`: declarations too, which only programs that import the packages need. */
export async function setup({ types = false } = {}) {
  checkTools()
  await install()
  await buildNative()
  await bundle()
  if (types) await declare()
}

/** Runs a script's work; a failure is one line, not a stack. */
export async function main(work) {
  try {
    await work()
  } catch (error) {
    if (!(error instanceof StepFailed)) throw error
    console.error(`✗ ${error.message}`)
    process.exitCode = 1
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await main(setup)
