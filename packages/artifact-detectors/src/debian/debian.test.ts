// Whose a file of Debian is: merged directories, several architectures, diversions, bytecode, images without dpkg; and what its md5sums say.
import { detectorSuite } from '@roar/conformance'
import { describe, expect, it } from 'vitest'
import { all, restsOn, told } from '../cases.test-data.ts'
import { createDebianDetector } from './index.ts'

const status = (name: string, version: string, arch = 'amd64') =>
  `Package: ${name}\nStatus: install ok installed\nArchitecture: ${arch}\nMulti-Arch: same\nVersion: ${version}\nDescription: x\n more\n\n`
const tree = {
  '/etc/os-release': 'ID=debian\nVERSION_ID="12"\n',
  '/var/lib/dpkg/status': `${status('libc6', '2.36-9')}${status('libc6', '2.36-9', 'i386')}${status('dash', '1:0.5')}${status('other', '7')}${status('python3-x', '1~rc1+b', 'all')}Package: gone\nStatus: deinstall ok config-files\nVersion: 1\n\n`,
  '/var/lib/dpkg/info/libc6:amd64.list': '/.\n/lib\n/lib/x86_64-linux-gnu\n/lib/x86_64-linux-gnu/libc.so.6\n',
  '/var/lib/dpkg/info/libc6:i386.list': '/.\n/lib\n/lib/i386-linux-gnu\n/lib/i386-linux-gnu/libc.so.6\n',
  '/var/lib/dpkg/info/libc6:amd64.md5sums': `${'a'.repeat(32)}  lib/x86_64-linux-gnu/libc.so.6\n`,
  '/var/lib/dpkg/info/dash.list': '/.\n/bin\n/bin/dash\n/bin/sh\n/usr/share/dash/Főcím.txt',
  '/var/lib/dpkg/info/python3-x.list':
    '/.\n/usr\n/usr/lib\n/usr/lib/python3\n/usr/lib/python3/dist-packages\n/usr/lib/python3/dist-packages/x.py\n',
  '/var/lib/dpkg/info/dash.md5sums': `${'c'.repeat(32)}  usr/share/dash/Főcím.txt\n`,
  '/var/lib/dpkg/updates/0000': status('dash', '1:0.6'),
  '/var/lib/dpkg/info/gone.list': '/etc/gone\n',
  '/var/lib/dpkg/info/other.list': '/bin/sh\n',
  '/var/lib/dpkg/diversions': '/usr/x/gone\n/x\nother\n/bin/sh\n/bin/sh.distrib\nother\n',
}
const distroless = {
  '/etc/os-release': 'ID=debian\nVERSION_ID=12\n',
  '/var/lib/dpkg/status.d/libssl3': 'Package: libssl3\nVersion: 3.0.1\nArchitecture: arm64\n',
  '/var/lib/dpkg/status.d/libssl3.md5sums': `${'b'.repeat(32)}  usr/lib/libssl.so.3\n`,
}

detectorSuite({ describe, it }, 'debian', createDebianDetector, all(null, '/usr/bin/x /data/a.csv', { tree }))

const libc = 'pkg:deb/debian/libc6@2.36-9?arch=amd64&distro=debian-12'
/** Not yet in the status. */
const dash = 'pkg:deb/debian/dash@1:0.6?arch=amd64&distro=debian-12'
it.each([
  ['/lib and /usr/lib are one', '/usr/lib/x86_64-linux-gnu/libc.so.6', tree, libc],
  ['an architecture is told apart', '/usr/lib/i386-linux-gnu/libc.so.6', tree, libc.replace('amd64', 'i386')],
  ['an epoch is part of a version', '/usr/bin/dash', tree, dash],
  ['a name is bytes', '/usr/share/dash/Főcím.txt', tree, dash],
  ['what was diverted lies elsewhere', '/usr/bin/sh.distrib', tree, dash],
  ['who diverts has the name itself', '/usr/bin/sh', tree, 'pkg:deb/debian/other@7?arch=amd64&distro=debian-12'],
  [
    'bytecode is its source’s',
    '/usr/lib/python3/dist-packages/__pycache__/x.cpython-311.pyc',
    tree,
    'pkg:deb/debian/python3-x@1~rc1%2Bb?arch=all&distro=debian-12',
  ],
  [
    'an image without dpkg',
    '/usr/lib/libssl.so.3',
    distroless,
    'pkg:deb/debian/libssl3@3.0.1?arch=arm64&distro=debian-12',
  ],
])('%s', (_, path, disk, purl) => expect(told(createDebianDetector, path, disk).purls).toEqual([purl]))

it.each(['/etc/gone', '/usr/lib', '/usr/lib/x86_64-linux-gnu', '/usr/local/bin/mine', '/home/u/lib/libc.so.6'])(
  '%s is nobody’s',
  (path) => expect(told(createDebianDetector, path, tree).purls).toEqual([]),
)

it('the digest is that of md5sums', () => {
  expect(told(createDebianDetector, '/usr/lib/x86_64-linux-gnu/libc.so.6', tree).digest).toBe(`md5:${'a'.repeat(32)}`)
  expect(told(createDebianDetector, '/usr/lib/libssl.so.3', distroless).digest).toBe(`md5:${'b'.repeat(32)}`)
  expect(told(createDebianDetector, '/usr/share/dash/Főcím.txt', tree).digest).toBe(`md5:${'c'.repeat(32)}`)
  expect(told(createDebianDetector, '/usr/bin/dash', tree).digest).toBeNull()
})

const systemNames = ['/etc/os-release', '/usr/lib/os-release']
it('the table rests on whatever dpkg changes, and on each file of an image', () => {
  const dpkg = ['status', 'info', 'diversions', 'updates'].map((name) => `/var/lib/dpkg/${name}`)
  expect(restsOn(createDebianDetector, '/usr/bin/dash', tree)).toEqual([...dpkg, ...systemNames])
  const image = ['status.d', 'status.d/libssl3', 'status.d/libssl3.md5sums'].map((name) => `/var/lib/dpkg/${name}`)
  expect(restsOn(createDebianDetector, '/usr/lib/libssl.so.3', distroless)).toEqual([...image, ...systemNames])
})
