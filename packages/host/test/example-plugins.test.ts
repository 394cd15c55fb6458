// The examples as their users get them: packed, unpacked into an empty folder, activated, loaded by the host.
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { detectorSuite } from '@roar/conformance'
import { type ArtifactDetector, type DetectorFactory, fromString, type HashAlgorithm } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addPlugin } from '../src/plugins/change-plugins.ts'
import { PluginHost } from '../src/plugins/plugin-host.ts'
import { initWorkspace } from '../src/workspace/init-workspace.ts'
import type { Workspace } from '../src/workspace/workspace.ts'

const examples = fileURLToPath(new URL('../../../examples/', import.meta.url))
const packages = { detector: 'roar-plugin-detector-safetensors', hash: 'roar-plugin-hash-crc32' }
const folderOf = (name: string) => join(examples, name.replace('roar-', ''))

/** Loaded before the tests are collected: the suite of detectors is synchronous. */
const root = realpathSync(mkdtempSync(join(tmpdir(), 'roar-examples-')))
const workspace = await installAll()
const host = await PluginHost.create({ builtins: [], workspace })
const { createDetector } = (await import(join(root, 'node_modules', packages.detector, 'index.js'))) as {
  createDetector: DetectorFactory
}
afterAll(() => rmSync(root, { recursive: true }))

async function installAll(): Promise<Workspace> {
  const { workspace } = await initWorkspace(root)
  for (const name of Object.values(packages)) {
    install(name)
    await addPlugin(workspace, name)
  }
  return workspace
}

function install(name: string): void {
  const tarballs = join(root, 'tarballs', name)
  const target = join(root, 'node_modules', name)
  for (const folder of [tarballs, target]) mkdirSync(folder, { recursive: true })
  execFileSync('npm', ['pack', '--silent', '--pack-destination', tarballs], { cwd: folderOf(name), stdio: 'ignore' })
  const [tarball = ''] = readdirSync(tarballs)
  execFileSync('tar', ['-xzf', join(tarballs, tarball), '-C', target, '--strip-components=1'])
}

describe('the example plugins', () => {
  it.each(Object.values(packages))('%s is under 60 lines in all and imports nothing', (name) => {
    const texts = readdirSync(folderOf(name)).map((file) => readFileSync(join(folderOf(name), file), 'utf8'))
    expect(texts.join('').match(/\n/g)?.length).toBeLessThan(60)
    expect(texts.join('\n')).not.toMatch(/^import |require\(/m)
  })

  it('are listed from their manifests', () => {
    expect(host.list().map(({ name, version }) => [name, version])).toEqual([
      [packages.detector, '1.0.0'],
      [packages.hash, '1.0.0'],
    ])
    expect(host.contributions('detectors').map(({ name, order }) => [name, order])).toEqual([['safetensors', 300]])
  })
})

describe('the hash crc32', () => {
  let hash: HashAlgorithm
  beforeAll(async () => {
    hash = await host.load('hashes', 'crc32')
  })
  const digest = (...chunks: readonly Uint8Array[]) => {
    const hasher = hash.create()
    for (const chunk of chunks) hasher.update(chunk)
    return Buffer.from(hasher.digest()).toString('hex')
  }

  // As zlib gives them.
  it.each([
    ['nothing', Buffer.alloc(0), '00000000'],
    ['123456789', Buffer.from('123456789'), 'cbf43926'],
    ['32 zeros', Buffer.alloc(32), '190a55ad'],
    ['32 times 255', Buffer.alloc(32, 255), 'ff6cab0b'],
    ['0 to 31', Buffer.from(Array.from({ length: 32 }, (_, i) => i)), '91267e8a'],
  ])('gives the known digest of %s', (_, bytes, expected) => {
    expect(digest(bytes)).toBe(expected)
    expect(digest(bytes.subarray(0, 5), bytes.subarray(5))).toBe(expected)
  })

  it('makes digests of the length that it declares, from hashers that know nothing of each other', () => {
    const [one, other] = [hash.create(), hash.create()]
    one.update(Buffer.from('a'))
    expect(one.digest()).toHaveLength(hash.digestLength)
    expect(Buffer.from(other.digest()).toString('hex')).toBe('00000000')
  })
})

describe('the detector safetensors', () => {
  it('is what the host loads', async () => {
    const detector: ArtifactDetector = await host.load('detectors', 'safetensors')
    const probe = { exists: () => true, text: () => '{"weight_map":{"a":"m-00001-of-00001.safetensors"}}' }
    const candidate = { path: fromString('/m/m-00001-of-00001.safetensors'), role: 'output', size: 1 } as const
    expect(detector.detect(candidate, probe as never)).toMatchObject({ is: 'composite', root: '/m', complete: true })
  })
})

const map = (count: number) =>
  JSON.stringify({
    weight_map: Object.fromEntries(Array.from({ length: count }, (_, i) => [`t${i}`, shard(i + 1, count)])),
  })
const shard = (i: number, count: number) => `model-0000${i}-of-0000${count}.safetensors`
const tree = {
  [`/m/full/${shard(1, 2)}`]: 'x',
  [`/m/full/${shard(2, 2)}`]: 'x',
  '/m/full/model.safetensors.index.json': map(2),
  [`/m/part/${shard(1, 3)}`]: 'x',
  '/m/part/model.safetensors.index.json': map(3),
  [`/m/bare/${shard(1, 2)}`]: 'x',
  '/m/broken/model.safetensors.index.json': '{',
}
const model = (directory: string, complete: boolean) =>
  ({ is: 'composite', root: fromString(directory), format: 'safetensors', complete }) as const

detectorSuite({ describe, it }, 'safetensors', createDetector, [
  { tree, path: `/m/full/${shard(2, 2)}`, is: model('/m/full', true) },
  { tree, path: '/m/full/model.safetensors.index.json', is: model('/m/full', true) },
  { tree, path: `/m/part/${shard(1, 3)}`, is: model('/m/part', false) },
  { tree, path: `/m/bare/${shard(1, 2)}`, is: null },
  { tree, path: '/m/broken/model.safetensors.index.json', is: null },
  { tree, path: '/m/full/config.json', is: null },
  { tree, path: '/m/one/model.safetensors', is: null },
])
