// The nearest package of node_modules by its own manifest: scopes, nests, pnpm's store and its digests, Yarn's archives and their checksums.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { detectorSuite } from '@roar/conformance'
import { describe, expect, it } from 'vitest'
import { all, told } from '../cases.test-data.ts'
import { tarFiles } from '../tar/tar-files.ts'
import { createNpmDetector } from './index.ts'

const w = '/home/u/project'
const deno = '/home/u/.cache/deno/npm/registry.example'
const manifest = (name: string, version: string) => JSON.stringify({ name, version })
const sha512 = (text: string) => createHash('sha512').update(text)
const tarball = sha512('tarball').digest('hex')
const store = '/home/u/.local/share/pnpm/store/v10'
/** A local file header: signature, 22 bytes, the lengths of the name and of the extra field, the name. */
const zipHead = (name: string) => {
  const head = Buffer.alloc(30)
  head.write('PK\x03\x04', 'latin1')
  head.writeUInt16LE(name.length, 26)
  return Buffer.concat([head, Buffer.from(name)])
}
const tree = {
  [`${w}/node_modules/left-pad/package.json`]: manifest('left-pad', '1.3.0'),
  [`${w}/node_modules/@babel/core/package.json`]: manifest('@babel/core', '7.1.0'),
  [`${w}/node_modules/a/node_modules/b/package.json`]: manifest('b', '2.0.0'),
  [`${w}/node_modules/alias/package.json`]: manifest('other', '3.0.0'),
  [`${w}/node_modules/broken/package.json`]: '{',
  [`${deno}/left-pad/1.3.0/package.json`]: manifest('left-pad', '1.3.0'),
  [`${deno}/@std/path/1.0.0-rc.1/package.json`]: manifest('@std/path', '1.0.0-rc.1'),
  [`${w}/npm/a.b/x/1.2.3/data.csv`]: '',
  [`${w}/node_modules/mine/data.csv`]: '',
  [`${w}/node_modules/.pnpm/is-odd@3.0.1/node_modules/is-odd/package.json`]: manifest('is-odd', '3.0.1'),
  [`${w}/node_modules/.modules.yaml`]: `{"layoutVersion":5,"storeDir":"${store}"}`,
  [`${w}/node_modules/.pnpm/lock.yaml`]: `lockfileVersion: '9.0'\n\npackages:\n\n  is-odd@3.0.1:\n    resolution: {integrity: sha512-${Buffer.from(tarball, 'hex').toString('base64')}}\n`,
  [`${store}/index/${tarball.slice(0, 2)}/${tarball.slice(2, 64)}-is-odd@3.0.1.json`]: JSON.stringify({
    files: { 'index.js': { integrity: `sha512-${sha512('code').digest('base64')}`, mode: 420, size: 4 } },
  }),
  [`${w}/.yarn/cache/@babel-core-npm-7.1.0-0123456789-10c0.zip`]: zipHead('node_modules/@babel/core/package.json'),
  [`${w}/yarn.lock`]: `__metadata:\n  cacheKey: 10c0\n\n"@babel/core@npm:^7":\n  version: 7.1.0\n  resolution: "@babel/core@npm:7.1.0"\n  checksum: 10c0/${'e'.repeat(128)}\n`,
}
const npm = (name: string, version: string, location: string) =>
  ({ is: 'package', ecosystem: 'npm', package: name, version, location: `${w}/${location}` }) as never

detectorSuite({ describe, it }, 'npm', createNpmDetector, [
  ...all(
    npm('left-pad', '1.3.0', 'node_modules/left-pad'),
    `${w}/node_modules/left-pad/index.js ${w}/node_modules/left-pad/d/a.json`,
    { tree },
  ),
  ...all(npm('@babel/core', '7.1.0', 'node_modules/@babel/core'), `${w}/node_modules/@babel/core/lib/x.js`, { tree }),
  ...['left-pad/1.3.0', '@std/path/1.0.0-rc.1'].flatMap((one) => {
    const [version = '', ...name] = one.split('/').reverse()
    const is = {
      is: 'package',
      ecosystem: 'npm',
      package: name.reverse().join('/'),
      version,
      location: `${deno}/${one}`,
    }
    return all(is as never, `${deno}/${one}/index.js ${deno}/${one}/lib/a.js`, { tree })
  }),
  ...all(null, `${w}/npm/a.b/x/1.2.3/data.csv`, { tree }),
  ...all(npm('b', '2.0.0', 'node_modules/a/node_modules/b'), `${w}/node_modules/a/node_modules/b/x.js`, { tree }),
  ...all(npm('other', '3.0.0', 'node_modules/alias'), `${w}/node_modules/alias/x.js`, { tree }),
  ...all(
    npm('is-odd', '3.0.1', 'node_modules/.pnpm/is-odd@3.0.1/node_modules/is-odd'),
    `${w}/node_modules/.pnpm/is-odd@3.0.1/node_modules/is-odd/index.js`,
    { tree },
  ),
  ...all(
    npm('@babel/core', '7.1.0', '.yarn/cache/@babel-core-npm-7.1.0-0123456789-10c0.zip'),
    `${w}/.yarn/cache/@babel-core-npm-7.1.0-0123456789-10c0.zip`,
    { tree },
  ),
  ...all(
    { is: 'ignored', why: 'record of node_modules' },
    `${w}/node_modules/.package-lock.json ${w}/node_modules/.bin/tsc`,
    { tree },
  ),
  ...all({ is: 'ignored', why: 'record of Yarn' }, `${w}/.yarn/install-state.gz ${w}/packages/a/.yarn/build-state.yml`),
  ...all(
    null,
    `${w}/.yarn/releases/yarn-4.0.0.cjs ${w}/install-state.gz ${w}/node_modules/broken/x.js ${w}/node_modules/mine/data.csv ${w}/node_modulesx/a.js ${w}/cache/a.zip ${w}/src/a.js`,
    { tree },
  ),
])

it('a manifest alone is no use of a package', () => {
  const detector = createNpmDetector()
  expect(told(() => detector, `${w}/node_modules/left-pad/package.json`, tree)).toEqual({ purls: [], digest: null })
})

it('pnpm’s store and Yarn’s lock know the digests', () => {
  const file = `${w}/node_modules/.pnpm/is-odd@3.0.1/node_modules/is-odd/index.js`
  expect(told(createNpmDetector, file, tree).digest).toBe(`sha512:${sha512('code').digest('hex')}`)
  const archive = `${w}/.yarn/cache/@babel-core-npm-7.1.0-0123456789-10c0.zip`
  const detector = createNpmDetector
  expect(told(detector, archive, tree).digest).toBe(`sha512:${'e'.repeat(128)}`)
  expect(told(detector, `${w}/node_modules/left-pad/index.js`, tree).digest).toBeNull()
})

const hasTar = spawnSync('tar', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('tar (GNU') ?? false
it.skipIf(!hasTar).each(['gnu', 'ustar', 'pax', 'v7', 'oldgnu'])(
  'an archive of tar in the form %s (needs GNU tar)',
  (format) => {
    const place = mkdtempSync(join(tmpdir(), 'roar-tar-'))
    try {
      const folder = join('package', 'd'.repeat(format === 'v7' ? 20 : 80))
      mkdirSync(join(place, folder), { recursive: true })
      const long = join(folder, /gnu|pax/.test(format) ? 'x'.repeat(200) : 'x'.repeat(40))
      for (const [name, content] of [
        ['package/a', ''],
        [long, 'y'.repeat(513)],
        ['package/ä', 'z'],
      ] as const)
        writeFileSync(join(place, name), content)
      const options = { cwd: place, env: { ...process.env, LC_ALL: 'C' } }
      const tar = execFileSync('tar', [`--format=${format}`, '-c', 'package'], options)
      const found = [...tarFiles(tar)].map(({ name, content }) => [
        Buffer.from(name, 'latin1').toString(),
        content.length,
      ])
      expect(found.sort()).toEqual(
        [
          ['package/a', 0],
          [long, 513],
          ['package/ä', 1],
        ].sort(),
      )
      expect([...tarFiles(tar.subarray(0, 600)), ...tarFiles(Buffer.from('x'.repeat(2000)))].length).toBeLessThan(2)
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  },
)

it('npm’s cache has the archive that its record names; another version, or other bytes, prove nothing', () => {
  const head = Buffer.alloc(512)
  head.write('package/i.js', 0)
  head.write('00000000004\0', 124)
  head.write('0', 156)
  const archive = gzipSync(Buffer.concat([head, Buffer.from('code'.padEnd(512, '\0')), Buffer.alloc(1024)]))
  const digest = createHash('sha512').update(archive).digest('hex')
  const at = `${w}/node_modules/@my/tool`
  const integrity = `sha512-${Buffer.from(digest, 'hex').toString('base64')}`
  const inCache = (folder: string) =>
    `${folder}/_cacache/content-v2/sha512/${digest.slice(0, 2)}/${digest.slice(2, 4)}/${digest.slice(4)}`
  const disk = (version: string, place: string, bytes: Buffer) => ({
    [`${at}/package.json`]: manifest('@my/tool', '1.0.0'),
    [`${w}/node_modules/.package-lock.json`]: JSON.stringify({
      packages: { 'node_modules/@my/tool': { version, integrity } },
    }),
    [`${w}/.npmrc`]: 'cache = ~/elsewhere\n',
    [inCache(place)]: bytes,
  })
  const say = (...words: Parameters<typeof disk>) => told(createNpmDetector, `${at}/i.js`, disk(...words)).digest
  expect(say('1.0.0', '/home/u/.npm', archive)).toBe(`sha512:${sha512('code').digest('hex')}`)
  expect(say('1.0.0', '/home/u/elsewhere', archive)).toBe(`sha512:${sha512('code').digest('hex')}`)
  expect(say('1.0.1', '/home/u/.npm', archive)).toBeNull()
  expect(say('1.0.0', '/home/u/.npm', Buffer.concat([archive, Buffer.of(0)]))).toBeNull()
})
