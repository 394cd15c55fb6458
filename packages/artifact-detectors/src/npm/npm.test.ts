// The nearest package of node_modules by its own manifest: scopes, nests, pnpm's store and its digests, Yarn's archives and their checksums.
import { createHash } from 'node:crypto'
import { detectorSuite } from '@roar/conformance'
import { describe, expect, it } from 'vitest'
import { all, told } from '../cases.test-data.ts'
import { createNpmDetector } from './index.ts'

const w = '/home/u/project'
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
  ...all(
    null,
    `${w}/node_modules/broken/x.js ${w}/node_modules/mine/data.csv ${w}/node_modulesx/a.js ${w}/cache/a.zip ${w}/src/a.js`,
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
