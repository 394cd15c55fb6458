// Hashing beside b3sum, OpenSSL and sha256sum, in turns in one run. Prints JSON; a table for people goes to stderr.
// `node bench/hash.mjs [--quick]`: needs the built packages and 8 GB (quick: 2 GB) of memory for files in /dev/shm.
import { execFileSync, spawnSync } from 'node:child_process'
import { randomFillSync } from 'node:crypto'
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, truncateSync, writeFileSync, writeSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { createRoar } from '@roar/host'

const quick = process.argv.includes('--quick')
const rounds = quick ? 3 : 5
const scale = quick ? 8 : 1
const place = mkdtempSync('/dev/shm/roar-bench-hash-')
process.once('SIGINT', () => {
  rmSync(place, { recursive: true })
  process.exit(130)
})

const roar = await createRoar({
  plugins: ['@roar/hash-blake3', '@roar/hash-sha256', '@roar/hash-further'],
  from: new URL('../packages/cli/package.json', import.meta.url).href,
  directory: place,
})
const { createWasmHash } = await import('@roar/hash-blake3')

function randomFile(name, bytes) {
  const piece = randomFillSync(Buffer.alloc(64 << 20))
  const fd = openSync(join(place, name), 'w')
  for (let at = 0; at < bytes; at += piece.length) writeSync(fd, piece)
  closeSync(fd)
  return join(place, name)
}

function smallFiles(name, count, bytes) {
  const paths = Array.from({ length: count }, (_, i) => join(place, name, `${i % 100}`, `${i}`))
  for (let i = 0; i < 100; i++) mkdirSync(join(place, name, `${i}`), { recursive: true })
  for (const [i, path] of paths.entries()) writeFileSync(path, `${'x'.repeat(bytes - 6)}${String(i).padStart(6)}`)
  return paths
}

const tool =
  (command, ...args) =>
  (paths) => {
    const made = spawnSync('xargs', ['-0', command, ...args], {
      input: paths.join('\0'),
      stdio: ['pipe', 'ignore', 'inherit'],
    })
    if (made.status !== 0) throw new Error(`${command} failed`)
  }
const ours =
  (...algorithms) =>
  async (paths) => {
    const wrong = (await roar.hash(paths, algorithms)).find((one) => one.error)
    if (wrong) throw new Error(`${wrong.path}: ${wrong.error}`)
  }

async function time(work, paths) {
  const started = performance.now()
  await work(paths)
  return performance.now() - started
}

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1]

/** In turns, so that a slower minute of the machine is everybody's. */
async function compare(what, paths, contenders) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++)
    for (const [name, work] of Object.entries(contenders)) times[name].push(await time(work, paths))
  const ms = Object.fromEntries(Object.entries(times).map(([name, all]) => [name, Math.round(median(all))]))
  const speed = Object.fromEntries(
    Object.keys(times)
      .filter((name) => name !== 'roar')
      // Of the same round: above 1, roar is faster.
      .map((name) => [name, Number(median(times[name].map((one, i) => one / times.roar[i])).toFixed(2))]),
  )
  console.error(
    `${what}: ${Object.entries(ms)
      .map(([name, one]) => `${name} ${one} ms`)
      .join(', ')}`,
  )
  return { what, ms, speedOfRoarOver: speed }
}

async function wasmSpeed() {
  const bytes = randomFillSync(Buffer.alloc(1 << 20))
  const hasher = createWasmHash().create()
  const started = performance.now()
  for (let i = 0; i < 256; i++) hasher.update(bytes)
  hasher.digest()
  return Number((0.25 / ((performance.now() - started) / 1000)).toFixed(2))
}

try {
  const large = [randomFile('large', 2 ** 31 / scale)]
  const sparse = [join(place, 'sparse')]
  writeFileSync(sparse[0], '')
  truncateSync(sparse[0], (5 * 2 ** 30) / scale)
  const small = smallFiles('small', 100_000 / scale, 97)
  const five = ['blake3', 'sha256', 'sha1', 'md5', 'crc64nvme']
  const standing = ['blake3', 'sha256', 'sha512', 'sha1', 'md5']
  const results = [
    await compare(`blake3, one file of ${2048 / scale} MiB`, large, { roar: ours('blake3'), b3sum: tool('b3sum') }),
    await compare(`sha256, one file of ${2048 / scale} MiB`, large, {
      roar: ours('sha256'),
      openssl: tool('openssl', 'dgst', '-sha256'),
      sha256sum: tool('sha256sum'),
    }),
    await compare(`blake3 with sha256, one file of ${2048 / scale} MiB`, large, {
      roar: ours('blake3', 'sha256'),
      'b3sum, then openssl': (paths) => [tool('b3sum'), tool('openssl', 'dgst', '-sha256')].map((one) => one(paths)),
    }),
    // Together, beside the slower of the two alone.
    await compare(`blake3 with sha256, beside sha256 alone, one file of ${2048 / scale} MiB`, large, {
      roar: ours('blake3', 'sha256'),
      'roar sha256': ours('sha256'),
      'openssl sha256': tool('openssl', 'dgst', '-sha256'),
    }),
    await compare(`${five.join(', ')}, beside md5 alone, one file of ${2048 / scale} MiB`, large, {
      roar: ours(...five),
      'roar md5': ours('md5'),
      'openssl md5': tool('openssl', 'dgst', '-md5'),
    }),
    await compare(`${standing.join(', ')}, beside the slowest alone, one file of ${2048 / scale} MiB`, large, {
      roar: ours(...standing),
      'roar md5': ours('md5'),
      'roar sha512': ours('sha512'),
      'openssl md5': tool('openssl', 'dgst', '-md5'),
      'openssl sha512': tool('openssl', 'dgst', '-sha512'),
    }),
    await compare(`blake3, sparse file of ${5120 / scale} MiB`, sparse, { roar: ours('blake3'), b3sum: tool('b3sum') }),
    await compare(`blake3, ${small.length} files of 97 bytes`, small, { roar: ours('blake3'), b3sum: tool('b3sum') }),
    await compare(`sha256, ${small.length} files of 97 bytes`, small, {
      roar: ours('sha256'),
      openssl: tool('openssl', 'dgst', '-sha256'),
      sha256sum: tool('sha256sum'),
    }),
    await compare(`blake3 with sha256, ${small.length} files of 97 bytes`, small, {
      roar: ours('blake3', 'sha256'),
      'b3sum, then sha256sum': (paths) => [tool('b3sum'), tool('sha256sum')].map((one) => one(paths)),
    }),
  ]
  rmSync(large[0])
  const middling = smallFiles('middling', 100_000 / scale, 10 << 10)
  results.push(
    await compare(`blake3, ${middling.length} files of 10 KiB`, middling, {
      roar: ours('blake3'),
      b3sum: tool('b3sum'),
    }),
    await compare(`blake3 with sha256, beside sha256 alone, ${middling.length} files of 10 KiB`, middling, {
      roar: ours('blake3', 'sha256'),
      'roar sha256': ours('sha256'),
      sha256sum: tool('sha256sum'),
    }),
  )
  const versions = { node: process.version, b3sum: execFileSync('b3sum', ['--version'], { encoding: 'utf8' }).trim() }
  const machine = { cpu: cpus()[0].model, cores: cpus().length, kernel: release(), ...versions }
  const memory = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(
    JSON.stringify({ bench: 'hash', machine, rounds, results, wasmGBps: await wasmSpeed(), maxRssMB: memory }, null, 2),
  )
} finally {
  await roar.close()
  rmSync(place, { recursive: true })
}
