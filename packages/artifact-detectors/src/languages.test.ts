// Packages of R, Julia, Ruby, Rust, Go and Java: by the folders that their tools make, and by what linkers and archivers leave in programs.
import { deflateRawSync, deflateSync } from 'node:zlib'
import { detectorSuite, ScratchProbe } from '@roar/conformance'
import type { BytePath, Detection } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { createCargoDetector } from './cargo/index.ts'
import { all, told } from './cases.test-data.ts'
import { createGoDetector } from './go/index.ts'
import { createJavaDetector } from './java/index.ts'
import { createJuliaDetector } from './julia/index.ts'
import { createRDetector } from './r/index.ts'
import { createRubyDetector } from './ruby/index.ts'

const found = (ecosystem: string, name: string, version: string | null): Detection => ({
  ...{ is: 'package', ecosystem, package: name, version },
})
const runner = { describe, it }
const ignored = (why: string) => ({ is: 'ignored', why }) as const

const r = {
  '/usr/lib/R/library/stats/DESCRIPTION': 'Package: stats\nPriority: base\nVersion: 4.2.2\nBuilt: R 4.2.2; x; unix\n',
  '/home/u/R/x86_64-pc-linux-gnu-library/4.2/dplyr/DESCRIPTION':
    'Package: dplyr\nVersion: 1.1.4\nBuilt: R 4.2.2; ; unix\n',
  '/home/u/R/x86_64-pc-linux-gnu-library/4.2/dplyr/MD5': `${'c'.repeat(32)} *R/dplyr.rdb\n`,
  '/home/u/project/renv/library/R-4.2/x86_64-pc-linux-gnu/rlang/DESCRIPTION':
    'Package: rlang\nVersion: 1.1.3\nBuilt: R 4\n',
  '/data/library/source/DESCRIPTION': 'Package: source\nVersion: 1\n',
  '/home/u/rlibs/gizmo/DESCRIPTION': 'Package: gizmo\nVersion: 0.3\nBuilt: R 4.2.2; ; unix\n',
  '/home/u/sources/gizmo/DESCRIPTION': 'Package: gizmo\nVersion: 0.3\n',
}
detectorSuite(runner, 'r', createRDetector, [
  ...all(found('r', 'r', '4.2.2'), '/usr/lib/R/library/stats/R/stats.rdb /usr/lib/R/library/stats/libs/stats.so', {
    tree: r,
  }),
  ...all(found('cran', 'dplyr', '1.1.4'), '/home/u/R/x86_64-pc-linux-gnu-library/4.2/dplyr/R/dplyr.rdx', { tree: r }),
  ...all(
    found('cran', 'rlang', '1.1.3'),
    '/home/u/project/renv/library/R-4.2/x86_64-pc-linux-gnu/rlang/libs/rlang.so',
    { tree: r },
  ),
  ...all(
    found('cran', 'gizmo', '0.3'),
    `/home/u/rlibs/gizmo/R/gizmo.rdb /home/u/rlibs/gizmo/libs/gizmo.so /home/u/rlibs/gizmo/Meta/package.rds /home/u/rlibs/gizmo/data/Rdata.rdb
     /home/u/rlibs/gizmo/extdata/deep/a.csv`,
    { tree: r },
  ),
  ...all(null, '/home/u/sources/gizmo/R/f.R /home/u/rlibs/data/a.csv /data/R/a.csv /home/u/rlibs/gizmo.csv', {
    tree: r,
  }),
  ...all(null, '/data/library/source/a.csv /data/library/book/a.txt /home/u/library/x/y/z.csv', { tree: r }),
])

const slug = '/root/.julia/packages/CSV/OnldF'
const julia = {
  [`${slug}/Project.toml`]:
    'name = "CSV"\nuuid = "336ed68f-0bac-5ca0-87d4-7b16caf5d00b"\nversion = "0.10.12"\n\n[deps]\n',
  '/opt/julia-1.10.2/share/julia/base/boot.jl': '',
  '/opt/julia-1.10.2/share/julia/stdlib/v1.10/Dates/src/Dates.jl': '',
}
detectorSuite(runner, 'julia', createJuliaDetector, [
  ...all(found('julia', 'CSV', '0.10.12'), `${slug}/src/CSV.jl`, { tree: julia }),
  ...all(found('julia', 'julia', '1.10'), '/opt/julia-1.10.2/share/julia/stdlib/v1.10/Dates/src/Dates.jl', {
    tree: julia,
  }),
  ...all(ignored('compiled Julia package'), '/root/.julia/compiled/v1.10/CSV/HHBkp_x.ji', { tree: julia }),
  ...all(null, '/data/packages/CSV/OnldF/a.csv /data/packages/Other/abcde/x.jl', { tree: julia }),
])

const gemspec =
  'Gem::Specification.new do |s|\n  s.name = "rake".freeze\n  s.version = "13.0.6"\n  s.platform = "ruby"\nend\n'
const ruby = {
  '/var/lib/gems/3.1.0/specifications/rake-13.0.6.gemspec': gemspec,
  '/usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec': gemspec
    .replace('rake', 'json')
    .replace('13.0.6', '2.6.1'),
}
const standard = {
  '/usr/lib/ruby/gems/3.1.0/specifications/default/json-2.6.1.gemspec': `${gemspec
    .replace('rake', 'json')
    .replace('13.0.6', '2.6.1')
    .replace(
      'end\n',
      '  s.files = ["README.md".freeze, "json.rb".freeze, "lib/json/common.rb".freeze, "json/ext/parser.so"]\nend\n',
    )}`,
}

detectorSuite(runner, 'ruby', createRubyDetector, [
  ...all(
    found('gem', 'json', '2.6.1'),
    '/usr/lib/ruby/3.1.0/json.rb /usr/lib/ruby/3.1.0/json/common.rb /usr/lib/ruby/3.1.0/x86_64-linux-gnu/json/ext/parser.so',
    { tree: standard },
  ),
  ...all(null, '/usr/lib/ruby/3.1.0/prime.rb /usr/lib/ruby/3.0.0/json.rb /data/ruby/a.csv', { tree: standard }),
  ...all(found('gem', 'rake', '13.0.6'), '/var/lib/gems/3.1.0/gems/rake-13.0.6/lib/rake.rb', { tree: ruby }),
  ...all(found('gem', 'json', '2.6.1'), '/usr/lib/ruby/gems/3.1.0/gems/json-2.6.1/lib/json.rb', { tree: ruby }),
  ...all(found('gem', 'mine', 'abc1234'), '/var/lib/gems/3.1.0/bundler/gems/mine-abc1234/lib/mine.rb', { tree: ruby }),
  ...all(found('gem', 'active', 'abc1234'), '/x/bundler/gems/repo-abc1234/active/lib/a.rb', {
    tree: {
      '/x/bundler/gems/repo-abc1234/active/active.gemspec': '',
      '/x/bundler/gems/repo-abc1234/repo-all.gemspec': '',
    },
  }),
  ...all(found('gem', 'repo-all', 'abc1234'), '/x/bundler/gems/repo-abc1234/lib/a.rb', {
    tree: { '/x/bundler/gems/repo-abc1234/repo-all.gemspec': '', '/x/bundler/gems/repo-abc1234/lib/a.rb': '' },
  }),
  ...all(ignored('RubyGems specification'), '/var/lib/gems/3.1.0/specifications/rake-13.0.6.gemspec', { tree: ruby }),
  ...all(null, '/data/gems/ruby-1/a.csv /home/u/project/lib/gems/x.rb', { tree: ruby }),
])

const vendored = '/home/u/project/vendor/serde'
const cargo = {
  [`${vendored}/Cargo.toml`]: '[package]\nname = "serde"\nversion = "1.0.197"\n\n[dependencies]\n',
  [`${vendored}/.cargo-checksum.json`]: `{"files":{"src/lib.rs":"${'d'.repeat(64)}"},"package":"x"}`,
}
detectorSuite(runner, 'cargo', createCargoDetector, [
  ...all(
    found('cargo', 'serde', '1.0.197'),
    `/root/.cargo/registry/src/index.example-6f17d22bba15001f/serde-1.0.197/src/lib.rs ${vendored}/src/lib.rs`,
    { tree: cargo },
  ),
  ...all(found('cargo', 'md-5', '0.10.6'), '/root/.cargo/registry/src/x-1/md-5-0.10.6/src/lib.rs', { tree: cargo }),
  ...all(
    found('cargo', 'wasi', '0.11.0+wasi-snapshot-preview1'),
    '/root/.cargo/registry/src/x-1/wasi-0.11.0+wasi-snapshot-preview1/src/lib.rs',
    { tree: cargo },
  ),
  ...all(null, '/home/u/project/vendor/other/a.csv /home/u/project/src/lib.rs', { tree: cargo }),
])

const go = '/root/go/pkg/mod'
detectorSuite(runner, 'go', createGoDetector, [
  ...all(
    found('golang', 'github.com/BurntSushi/toml', 'v1.3.2'),
    `${go}/github.com/!burnt!sushi/toml@v1.3.2/decode.go`,
  ),
  ...all(ignored('package cache'), `${go}/cache/download/a/@v/list`),
  ...all(null, '/home/u/project/main.go /home/u/pkg/model/x'),
])

const m2 = '/root/.m2/repository/org/apache/commons/commons-lang3/3.12.0'
const gradle =
  '/root/.gradle/caches/modules-2/files-2.1/com.google.guava/guava/33.0.0-jre/161ba27964a62f241533807a46b8711b13c1d94b'
const maven = { [`${m2}/commons-lang3-3.12.0.jar.sha1`]: `${'1'.repeat(40)}  x.jar\n` }
detectorSuite(runner, 'java', createJavaDetector, [
  ...all(
    found('maven', 'org.apache.commons:commons-lang3', '3.12.0'),
    `${m2}/commons-lang3-3.12.0.jar ${m2}/commons-lang3-3.12.0.pom`,
    { tree: maven },
  ),
  ...all(found('maven', 'com.google.guava:guava', '33.0.0-jre'), `${gradle}/guava-33.0.0-jre.jar`, { tree: maven }),
  ...all(null, '/home/u/project/app.jar /data/repository/a/b/c/d.csv', { tree: maven }),
])

describe('digests on record', () => {
  it.each([
    ['a checksum of Cargo', createCargoDetector, `${vendored}/src/lib.rs`, cargo, `sha256:${'d'.repeat(64)}`],
    ['a checksum of Maven', createJavaDetector, `${m2}/commons-lang3-3.12.0.jar`, maven, `sha1:${'1'.repeat(40)}`],
    [
      'a folder of Gradle',
      createJavaDetector,
      `${gradle}/guava-33.0.0-jre.jar`,
      {},
      'sha1:161ba27964a62f241533807a46b8711b13c1d94b',
    ],
    [
      'a list of R',
      createRDetector,
      '/home/u/R/x86_64-pc-linux-gnu-library/4.2/dplyr/R/dplyr.rdb',
      r,
      `md5:${'c'.repeat(32)}`,
    ],
  ])('%s', (_, factory, path, tree, digest) => expect(told(factory, path, tree).digest).toBe(digest))
})

/** A program of one section, beside that of the names. */
function elf(name: string, content: Buffer): Buffer {
  const names = Buffer.from(`\0${name}\0.shstrtab\0`)
  const table = 64 + content.length + names.length
  const head = Buffer.alloc(64)
  head.write('\x7fELF\x02\x01\x01', 'latin1')
  head.writeBigUInt64LE(BigInt(table), 0x28)
  for (const [at, value] of [
    [0x3a, 64],
    [0x3c, 3],
    [0x3e, 2],
  ] as const)
    head.writeUInt16LE(value, at)
  const section = (label: number, offset: number, size: number) => {
    const one = Buffer.alloc(64)
    one.writeUInt32LE(label, 0)
    one.writeBigUInt64LE(BigInt(offset), 0x18)
    one.writeBigUInt64LE(BigInt(size), 0x20)
    return one
  }
  const sections = [
    section(0, 0, 0),
    section(1, 64, content.length),
    section(name.length + 2, 64 + content.length, names.length),
  ]
  return Buffer.concat([head, content, names, ...sections])
}

it('modules that a project of Go has vendored, by the list beside them', () => {
  const list =
    '# github.com/BurntSushi/toml v1.3.2\n## explicit; go 1.16\ngithub.com/BurntSushi/toml\n# a.org/x v1.0.0 => b.org/y v2.1.0\n'
  const more = '# a.org/x/deep v0.1.0\n# a.org/local v1.0.0 => ../local\n'
  const tree = { '/w/vendor/modules.txt': list + more }
  const purls = (file: string) => told(createGoDetector, `/w/${file}`, tree).purls
  expect(purls('vendor/github.com/BurntSushi/toml/decode.go')).toEqual(['pkg:golang/github.com/burntsushi/toml@v1.3.2'])
  expect(purls('vendor/a.org/x/a.go')).toEqual(['pkg:golang/b.org/y@v2.1.0'])
  expect(purls('vendor/a.org/x/deep/a.go')).toEqual(['pkg:golang/a.org/x/deep@v0.1.0'])
  for (const file of ['vendor/a.org/local/a.go', 'vendor/modules.txt', 'vendor/a.org/xx/a.go', 'other/vendor/a.go'])
    expect(purls(file)).toEqual([])
})

it('the Rust of a toolchain, by the manifest that rustup keeps in it', () => {
  const toolchain = '/root/.rustup/toolchains/stable-x86_64-unknown-linux-gnu'
  const manifest =
    '[pkg.cargo]\nversion = "0.96.0 (f2d 2026-03-21)"\n\n[pkg.rustc]\nversion = "1.95.0 (598 2026-04-14)"\n'
  const tree = { [`${toolchain}/lib/rustlib/multirust-channel-manifest.toml`]: manifest }
  for (const file of ['bin/rustc', 'lib/librustc_driver-6108105cd7e839cf.so', 'lib/rustlib/x86_64/lib/libstd-1.rlib'])
    expect(told(createCargoDetector, `${toolchain}/${file}`, tree).purls).toEqual(['pkg:generic/rust@1.95.0'])
  expect(told(createCargoDetector, '/opt/toolchains/gcc/bin/gcc', tree).purls).toEqual([])
})

it('the crates that cargo-auditable left in a program', () => {
  const list = {
    packages: [
      { name: 'mine', version: '0.1.0', root: true },
      { name: 'libc', version: '0.2.153' },
      { name: 'cc', version: '1.0.0', kind: 'build' },
    ],
  }
  const tree = { '/x/tool': elf('.dep-v0', deflateSync(JSON.stringify(list))) }
  expect(told(createCargoDetector, '/x/tool', tree, ['executed', 'read']).purls).toEqual(['pkg:cargo/libc@0.2.153'])
  expect(told(createCargoDetector, '/x/tool', tree, ['read']).purls).toEqual([])
})

it('the modules that Go’s linker left in a program', () => {
  const text = (value: string) =>
    Buffer.concat([Buffer.of((value.length & 0x7f) | 0x80, value.length >> 7), Buffer.from(value)])
  const marks = '0123456789abcdef'
  const modules =
    'path\tx\nmod\texample.org/x\t(devel)\t\ndep\tgithub.com/BurntSushi/toml\tv1.3.2\th1:x=\ndep\told.org/m\tv1.0.0\n=>\tnew.org/m/v2\tv2.0.1+incompatible\th1:y=\n'
  const head = Buffer.alloc(32)
  head.write('\xff Go buildinf:\x08\x02', 'latin1')
  const tree = {
    '/x/tool': elf('.go.buildinfo', Buffer.concat([head, text('go1.22.1'), text(marks + modules + marks)])),
  }
  expect(told(createGoDetector, '/x/tool', tree, ['executed']).purls).toEqual([
    'pkg:golang/stdlib@1.22.1',
    'pkg:golang/github.com/burntsushi/toml@v1.3.2',
    'pkg:golang/new.org/m/v2@v2.0.1%2Bincompatible',
  ])
})

it.each([
  Buffer.alloc(0),
  Buffer.from('#!/bin/sh\n'),
  elf('.dep-v0', Buffer.from('no zlib')),
  elf('.go.buildinfo', Buffer.from('short')),
  elf('.x', Buffer.alloc(9)).subarray(0, 120),
])('a damaged program tells nothing', (bytes) => {
  for (const factory of [createCargoDetector, createGoDetector])
    expect(told(factory, '/x/tool', { '/x/tool': bytes }, ['executed']).purls).toEqual([])
})

interface Packed {
  readonly name: string
  readonly bytes: Buffer
  readonly stored?: boolean
}

function zip(files: readonly Packed[]): Buffer {
  const locals: Buffer[] = []
  const central: Buffer[] = []
  let offset = 0
  for (const { name, bytes, stored } of files) {
    const packed = stored ? bytes : deflateRawSync(bytes)
    const local = Buffer.alloc(30)
    local.write('PK\x03\x04', 'latin1')
    local.writeUInt16LE(name.length, 26)
    const entry = Buffer.alloc(46)
    entry.write('PK\x01\x02', 'latin1')
    entry.writeUInt16LE(stored ? 0 : 8, 10)
    entry.writeUInt32LE(packed.length, 20)
    entry.writeUInt16LE(name.length, 28)
    entry.writeUInt32LE(offset, 42)
    locals.push(local, Buffer.from(name), packed)
    central.push(entry, Buffer.from(name))
    offset += 30 + name.length + packed.length
  }
  const size = central.reduce((sum, one) => sum + one.length, 0)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...locals, ...central, end])
}

it('a jar tells what is packed into it, and what is packed into the jars in it', () => {
  const properties = Buffer.from('#Created\nversion=1.2\ngroupId=org.example\nartifactId=lib\n')
  const inner = zip([{ name: 'META-INF/maven/org.example/lib/pom.properties', bytes: properties }])
  const manifest = Buffer.from(
    'Manifest-Version: 1.0\r\nBundle-SymbolicName: org.example.a\r\n pp;singleton:=true\r\nBundle-Version: 3.4\r\n',
  )
  const jar = zip([
    { name: 'META-INF/MANIFEST.MF', bytes: manifest },
    { name: 'BOOT-INF/lib/lib-1.2.jar', bytes: inner, stored: true },
    { name: 'BOOT-INF/lib/other-lib-2.0.1.jar', bytes: Buffer.from('x'), stored: true },
  ])
  expect(told(createJavaDetector, '/x/app.jar', { '/x/app.jar': jar }).purls).toEqual([
    'pkg:maven/org.example.app@3.4',
    'pkg:maven/org.example/lib@1.2',
    'pkg:maven/other-lib@2.0.1',
  ])
  for (const cut of [0, 10, jar.length - 5])
    expect(told(createJavaDetector, '/x/app.jar', { '/x/app.jar': jar.subarray(0, cut) }).purls).toEqual([])
})

it('a jar is looked into once, and whatever is kept of it by accident tells nothing', () => {
  const properties = Buffer.from('version=1.2\ngroupId=org.example\nartifactId=lib\n')
  const jar = zip([{ name: 'META-INF/maven/org.example/lib/pom.properties', bytes: properties }])
  const found = { ecosystem: 'maven', package: 'org.example:lib', version: '1.2', location: '/x/a.jar' }
  const ask = (probe: ScratchProbe) =>
    createJavaDetector().packagesOf?.({ path: '/x/a.jar' as BytePath, role: 'input', size: 1 }, probe)
  let kept: Uint8Array | null = null
  class Keeping extends ScratchProbe {
    override derived(_: string, source: BytePath | readonly BytePath[], make: () => Uint8Array): Uint8Array {
      expect(source).toBe('/x/a.jar')
      kept ??= make()
      return kept
    }
  }
  for (const [text, looks] of [
    [null, true],
    [null, false],
    ['{', true],
    ['', true],
  ] as const) {
    const probe = new Keeping({ '/x/a.jar': jar })
    if (text !== null) kept = Buffer.from(text)
    expect(ask(probe)).toEqual([found])
    expect(probe.asked.some((one) => one.startsWith('part '))).toBe(looks)
    probe.close()
  }
})
