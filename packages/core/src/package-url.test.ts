// What we write, the implementation in JavaScript that the specification's authors keep reads as it was meant. (It leaves `+` in versions as it is.)
import { PackageURL } from 'packageurl-js'
import { expect, it } from 'vitest'
import { formatPackageUrl, packageUrl } from './package-url.ts'

it.each([
  ['pypi', 'numpy', '1.26.4'],
  ['pypi', 'zope-interface', null],
  ['npm', '@babel/core', '7.1.0'],
  ['npm', 'left-pad', '1.3.0+build/1?x#y'],
  ['maven', 'org.apache.commons:commons-lang3', '3.12.0'],
  ['golang', 'github.com/burntsushi/toml', 'v1.3.2+incompatible'],
  ['cargo', 'wasi', '0.11.0+wasi-snapshot-preview1'],
  ['gem', 'rake', '13.0.6'],
  ['cran', 'MASS', '7.3-58.2'],
  ['python', 'python', '3.11.7'],
] as const)('%s %s %s', (ecosystem, name, version) => {
  const url = packageUrl(ecosystem, name, version)
  const read = PackageURL.fromString(url)
  const cut = Math.max(name.lastIndexOf(':'), name.lastIndexOf('/'))
  expect(`pkg:${read.type}`).toBe(url.slice(0, url.indexOf('/')))
  expect([read.namespace ?? '', read.name]).toEqual([name.slice(0, Math.max(0, cut)), name.slice(cut + 1)])
  expect(read.version ?? null).toBe(version)
})

it('qualifiers are sorted, empty ones left out, characters escaped', () => {
  const url = formatPackageUrl({
    ...{ type: 'deb', namespace: 'debian', name: 'libstdc++6', version: '1:12.2~rc1' },
    qualifiers: { distro: 'debian-12', arch: 'amd64', epoch: null, note: '' },
  })
  expect(url).toBe('pkg:deb/debian/libstdc%2B%2B6@1:12.2~rc1?arch=amd64&distro=debian-12')
  expect(PackageURL.fromString(url).toString()).toBe(url)
})
