// A file of a crate or a gem is compared with the archive that its tool keeps; an archive that is not the one on record proves nothing.
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createCargoDetector } from '../cargo/index.ts'
import { told } from '../cases.test-data.ts'
import { createRubyDetector } from '../ruby/index.ts'

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

function tar(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const members = Object.entries(files).flatMap(([name, content]) => {
    const bytes = Buffer.from(content)
    const head = Buffer.alloc(512)
    head.write(name, 0)
    head.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124)
    head.write('0', 156)
    return [head, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512)]
  })
  return Buffer.concat([...members, Buffer.alloc(1024)])
}

it.each(['itoa', 'Ito', 'it', 'i'])('a crate, by the digest that the index of its registry has: %s', (name) => {
  const registry = '/home/u/.cargo/registry'
  const crate = gzipSync(tar({ [`${name}-1.0.1/src/lib.rs`]: 'code' }))
  const place = { itoa: 'it/oa/itoa', Ito: '3/i/ito', it: '2/it', i: '1/i' }[name]
  const release = (vers: string, cksum: string) =>
    `${vers}\0${JSON.stringify({ name, vers, deps: ['1.0.1'], cksum })}\0`
  const say = (bytes: Buffer, releases: string) =>
    told(createCargoDetector, `${registry}/src/x-1/${name}-1.0.1/src/lib.rs`, {
      [`${registry}/cache/x-1/${name}-1.0.1.crate`]: bytes,
      [`${registry}/index/x-1/.cache/${place}`]: `\x03\x02\0\0\0etag\0${releases}`,
    }).digest
  const right = release('1.0.1', sha256(crate))
  expect(say(crate, release('1.0.0', 'other') + right)).toBe(`sha256:${sha256('code')}`)
  expect(say(Buffer.concat([crate, Buffer.of(0)]), right)).toBeNull()
  expect(say(crate, release('1.0.0', sha256(crate)))).toBeNull()
  expect(say(crate, '')).toBeNull()
})

it('a gem, by the digest of its contents that is packed beside them', () => {
  const home = '/home/u/.gem/ruby/3.1.0'
  const data = gzipSync(tar({ 'lib/gadget.rb': 'code' }))
  const sums = (digest: string) =>
    gzipSync(`---\nSHA256:\n  metadata.gz: ${'0'.repeat(64)}\n  data.tar.gz: ${digest}\nSHA512:\n  data.tar.gz: x\n`)
  const say = (digest: string, file = 'lib/gadget.rb') =>
    told(createRubyDetector, `${home}/gems/gadget-1.0.0/${file}`, {
      [`${home}/specifications/gadget-1.0.0.gemspec`]: 's.name = "gadget".freeze\ns.version = "1.0.0"\n',
      [`${home}/cache/gadget-1.0.0.gem`]: tar({ 'data.tar.gz': data, 'checksums.yaml.gz': sums(digest) }),
    }).digest
  expect(say(sha256(data))).toBe(`sha256:${sha256('code')}`)
  expect(say(sha256(data), 'lib/gadget.so')).toBeNull()
  expect(say(sha256('other'))).toBeNull()
})
