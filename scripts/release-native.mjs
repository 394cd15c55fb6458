// Makes the packages of native parts, one for each platform: `release/native-linux-x64` and so on, each file with its checksum.
// `--compare` builds again from a clean copy in another folder and compares byte for byte; `--as-built FOLDER` builds nothing and writes there.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { execute, StepFailed } from './execute.mjs'
import { manifestOf, root } from './packages.mjs'
import { bad, good, missing, step } from './say.mjs'
import { main, setup } from './setup.mjs'

const { version, license } = manifestOf('native')

/** Where the build leaves each part, below `packages`. `here` is the platform that builds. */
const parts = (platform, isOwn) => [
  ['tracer-preload/native/build', platform, 'libroar-preload.so'],
  ['tracer-ptrace/native/build', platform, 'roar-ptrace'],
  ['tracer-ebpf/native/build', platform, 'roar-ebpf'],
  ['tracer-ebpf/native/build', platform, 'roard'],
  ...(isOwn ? [['cli/launcher/build', 'here', 'roar-launcher']] : []),
  ...(isOwn ? [['hash-blake3/native/build', platform, 'roar-blake3.node']] : []),
]

const platforms = () => [...new Set([`linux-${process.arch}`, 'linux-arm64'])]
const sha256 = (path) => createHash('sha256').update(readFileSync(path)).digest('hex')

const manifest = (platform, files) => {
  const [os, cpu] = platform.split('-')
  return {
    name: `@roar/native-${platform}`,
    version,
    description: `The native parts of roar for ${os} on ${cpu}.`,
    license,
    os: [os],
    cpu: [cpu],
    files: [...files, 'checksums.json'],
  }
}

/** Copies what was built for a platform; the names of what is there. */
function collect(from, platform, to) {
  const found = parts(platform, platform === `linux-${process.arch}`)
    .map((words) => join(from, 'packages', ...words))
    .filter((path) => existsSync(path))
  for (const path of found) cpSync(path, join(to, path.split('/').at(-1)))
  return found.map((path) => path.split('/').at(-1))
}

function writePackage(release, platform) {
  const at = join(release, `native-${platform}`)
  mkdirSync(at, { recursive: true })
  const files = collect(root, platform, at)
  if (files.length === 0) return missing(`nothing was built for ${platform}`, 'apt-get install gcc-aarch64-linux-gnu')
  const write = (name, value) => writeFileSync(join(at, name), `${JSON.stringify(value, null, 2)}\n`)
  write('package.json', manifest(platform, files))
  write('checksums.json', Object.fromEntries(files.map((name) => [name, `sha256:${sha256(join(at, name))}`])))
  good(`release/native-${platform}: ${files.join(', ')}`)
}

/** The package that looks for them, naming them as what npm may install. */
function writeFinder(release) {
  const at = join(release, 'native')
  cpSync(join(root, 'packages/native'), at, {
    recursive: true,
    filter: (path) => !path.includes('node_modules') && !path.includes('/src'),
  })
  const names = readdirSync(release).filter((name) => name.startsWith('native-'))
  const optionalDependencies = Object.fromEntries(names.map((name) => [`@roar/${name}`, version]))
  writeFileSync(
    join(at, 'package.json'),
    `${JSON.stringify({ ...manifestOf('native'), optionalDependencies }, null, 2)}\n`,
  )
}

/** A copy of what git tracks, built where no earlier product lies. */
function buildElsewhere() {
  const place = mkdtempSync(join(tmpdir(), 'roar-release-'))
  const tracked = spawnSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' })
    .stdout.split('\0')
    .filter(Boolean)
  for (const path of tracked) {
    mkdirSync(dirname(join(place, path)), { recursive: true })
    cpSync(join(root, path), join(place, path))
  }
  execute(process.execPath, ['scripts/setup.mjs'], { cwd: place })
  return place
}

function compare(release, place) {
  for (const platform of platforms()) {
    const at = join(release, `native-${platform}`)
    if (!existsSync(join(at, 'checksums.json'))) continue
    const wanted = JSON.parse(readFileSync(join(at, 'checksums.json'), 'utf8'))
    const again = mkdtempSync(join(place, 'again-'))
    collect(place, platform, again)
    for (const [name, sum] of Object.entries(wanted)) {
      const path = join(again, name)
      if (existsSync(path) && `sha256:${sha256(path)}` === sum) good(`${platform}/${name} is the same, byte for byte`)
      else {
        bad(`${platform}/${name} is another when it is built again`)
        process.exitCode = 1
      }
    }
  }
}

/** From what is built: one folder for each platform's package, and one for the package that finds them. */
function makeRelease(release) {
  rmSync(release, { recursive: true, force: true })
  for (const platform of platforms()) writePackage(release, platform)
  writeFinder(release)
}

async function compareWithAnother(release) {
  let place
  await step('build again elsewhere', () => {
    place = buildElsewhere()
  })
  if (!place) throw new StepFailed('nothing was built elsewhere')
  compare(release, place)
  rmSync(place, { recursive: true })
}

await main(async () => {
  const asBuilt = process.argv.indexOf('--as-built')
  if (asBuilt > 0) return makeRelease(process.argv[asBuilt + 1])
  await setup({ types: true })
  const release = join(root, 'release')
  makeRelease(release)
  if (process.argv.includes('--compare')) await compareWithAnother(release)
})
