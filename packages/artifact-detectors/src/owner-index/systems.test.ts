// Alpine, Arch, Nix, Guix, Homebrew and CUDA name the packages of their files; RPM is asked for by rpm itself.
import { execFileSync, spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { detectorSuite } from '@roar/conformance'
import type { BytePath } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { createAlpineDetector } from '../alpine/index.ts'
import { createArchDetector } from '../arch/index.ts'
import { all, restsOn, told } from '../cases.test-data.ts'
import { createHomebrewDetector } from '../homebrew/index.ts'
import { createNixDetector } from '../nix/index.ts'
import { createNvidiaDetector } from '../nvidia/index.ts'
import { createRpmDetector, rpmDetector } from '../rpm/index.ts'

const factories = {
  alpine: createAlpineDetector,
  arch: createArchDetector,
  homebrew: createHomebrewDetector,
  nix: createNixDetector,
  nvidia: createNvidiaDetector,
  rpm: createRpmDetector,
}
for (const [name, factory] of Object.entries(factories))
  detectorSuite(
    { describe, it },
    name,
    factory,
    all(null, '/usr/lib/libc.so.6 /data/a.csv /nix/store/x /opt/homebrew/x'),
  )

const sha1 = createHash('sha1').update('x')
const apk = {
  '/etc/os-release': 'ID=alpine\nVERSION_ID=3.20.1\n',
  '/lib/apk/db/installed': `C:Q1abc=\nP:musl\nV:1.2.5-r0\nA:x86_64\nF:lib\nR:ld-musl-x86_64.so.1\na:0:0:755\nZ:Q1${sha1.copy().digest('base64')}\n\nP:busybox\nV:1.36.1-r29\nA:x86_64\nF:bin\nR:busybox\n`,
}
it('Alpine: the loader by its package, with the checksum of the database', () =>
  expect(told(createAlpineDetector, '/lib/ld-musl-x86_64.so.1', apk)).toEqual({
    purls: ['pkg:apk/alpine/musl@1.2.5-r0?arch=x86_64&distro=alpine-3.20.1'],
    digest: `sha1:${sha1.digest('hex')}`,
  }))

const pacman = {
  '/var/lib/pacman/local/glibc-2.39-4/desc': '%NAME%\nglibc\n\n%VERSION%\n2.39-4\n\n%ARCH%\nx86_64\n',
  '/var/lib/pacman/local/glibc-2.39-4/files': '%FILES%\nusr/\nusr/lib/\nusr/lib/libc.so.6\n\n%BACKUP%\netc/x\t0\n',
}
it('Arch Linux: a folder of the local database', () =>
  expect(told(createArchDetector, '/usr/lib/libc.so.6', pacman).purls).toEqual([
    'pkg:alpm/arch/glibc@2.39-4?arch=x86_64',
  ]))

const hash = '0c3lpkhjaq8vvx2nm0ry3ylzq1a8rhgs'
it.each([
  [`/nix/store/${hash}-glibc-2.38-44/lib/libc.so.6`, 'pkg:nix/glibc@2.38-44'],
  [`/nix/store/${hash}-openssl-3.0.13-bin/bin/openssl`, 'pkg:nix/openssl@3.0.13?output=bin'],
  [`/nix/store/${hash}-python3.11-numpy-1.26.4/lib/x.py`, 'pkg:nix/python3.11-numpy@1.26.4'],
  [`/nix/store/${hash}-source/x.c`, 'pkg:nix/source'],
  [`/gnu/store/${hash}-hello-2.12/bin/hello`, 'pkg:guix/hello@2.12'],
])('%s is of %s', (path, purl) => expect(told(createNixDetector, path, {}).purls).toEqual([purl]))

it('Homebrew: a formula of a tap, with its version', () => {
  const keg = '/opt/homebrew/Cellar/jq/1.7.1'
  const core = { [`${keg}/INSTALL_RECEIPT.json`]: '{"source":{"tap":"homebrew/core"}}' }
  const tapped = { [`${keg}/INSTALL_RECEIPT.json`]: '{"source":{"tap":"me/tools"}}' }
  expect(told(createHomebrewDetector, `${keg}/bin/jq`, core).purls).toEqual(['pkg:brew/jq@1.7.1'])
  expect(told(createHomebrewDetector, `${keg}/bin/jq`, tapped).purls).toEqual(['pkg:brew/jq@1.7.1?tap=me%2Ftools'])
  expect(told(createHomebrewDetector, '/data/Cellar/a/b/c.csv', {}).purls).toEqual([])
})

it.each([
  ['/usr/local/cuda-12.4/lib64/libcudart.so.12.4.127', 'pkg:generic/nvidia/cudart@12.4.127'],
  ['/usr/lib/x86_64-linux-gnu/libcudnn_ops_infer.so.8.9.7', 'pkg:generic/nvidia/cudnn_ops_infer@8.9.7'],
  ['/usr/lib/x86_64-linux-gnu/libcuda.so.550.54.14', 'pkg:generic/nvidia/cuda@550.54.14'],
  ['/venv/lib/python3.11/site-packages/nvidia/nccl/lib/libnccl.so.2', 'pkg:generic/nvidia/nccl@2'],
  ['/opt/rocm-6.1.0/lib/libamdhip64.so.6.1.60100', 'pkg:generic/amd/amdhip64@6.1.60100'],
])('%s is %s', (path, purl) => expect(told(createNvidiaDetector, path, {}).purls).toEqual([purl]))

const hasRpm = spawnSync('rpmbuild', ['--version']).status === 0
it.skipIf(!hasRpm)('RPM: a database that rpm itself made (needs rpmbuild)', () => {
  const at = mkdtempSync(join(tmpdir(), 'roar-rpm-'))
  try {
    writeFileSync(
      join(at, 'tool.spec'),
      'Name: roar-tool\nEpoch: 1\nVersion: 2.0\nRelease: 3\nSummary: x\nLicense: MIT\nBuildArch: noarch\n%description\nx\n%install\nmkdir -p %{buildroot}/opt/roar-tool\necho hello > %{buildroot}/opt/roar-tool/data\n%files\n/opt/roar-tool/data\n',
    )
    const defines = ['--define', `_topdir ${at}/top`, '--define', `_dbpath ${at}/db`]
    execFileSync('rpmbuild', ['-bb', ...defines, join(at, 'tool.spec')], { stdio: 'ignore' })
    const built = join(at, 'top/RPMS/noarch/roar-tool-2.0-3.noarch.rpm')
    execFileSync('rpm', ['--dbpath', `${at}/db`, '--initdb'])
    execFileSync('rpm', ['--dbpath', `${at}/db`, '--justdb', '--nodeps', '-i', built], { stdio: 'ignore' })
    const query = (format: string) =>
      execFileSync('rpm', ['--dbpath', `${at}/db`, '-qa', '--queryformat', format], { encoding: 'latin1' })
    const factory = () => rpmDetector(query, ['/var/lib/rpm/rpmdb.sqlite' as BytePath])
    const tree = { '/var/lib/rpm/rpmdb.sqlite': 'x', '/etc/os-release': 'ID=fedora\nVERSION_ID=40\n' }
    expect(told(factory, '/opt/roar-tool/data', tree)).toEqual({
      purls: ['pkg:rpm/fedora/roar-tool@2.0-3?arch=noarch&distro=fedora-40&epoch=1'],
      digest: `sha256:${createHash('sha256').update('hello\n').digest('hex')}`,
    })
  } finally {
    rmSync(at, { recursive: true, force: true })
  }
})

it('RPM: what was committed to the journal alone counts, too', () => {
  const database = '/var/lib/rpm/rpmdb.sqlite' as BytePath
  const rests = restsOn(() => rpmDetector(() => '', [database]), '/usr/bin/x', { [database]: '' })
  expect(rests).toEqual([database, `${database}-wal`, '/etc/os-release', '/usr/lib/os-release'])
})
