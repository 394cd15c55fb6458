/** Go's modules: sources in the module cache, and the list that the linker leaves in every program. */
import type { ArtifactDetector, BytePath, Detection, PackageFound, Probe } from '@roar/core'
import { packageUrl } from '@roar/core'
import { byDirectory } from '../by-directory.ts'
import { sectionBytes } from '../elf/sections.ts'
import { buildInfo } from './build-info.ts'
import { ModuleArchives } from './module-archives.ts'
import { VendoredModules } from './vendored.ts'

type Package = Extract<Detection, { is: 'package' }>

/** `~/go/pkg/mod/github.com/!burnt!sushi/toml@v1.2.0/…`: capitals stand behind an exclamation mark. */
const inCache = /^(.*\/pkg\/mod\/((?!cache\/)[^@]+)@(v[^/]+))(?=\/|$)/
const records = /\/pkg\/mod\/cache\//

export function createGoDetector(): ArtifactDetector {
  const packageOf = byDirectory(packageAt)
  const archives = new ModuleArchives()
  const vendored = new VendoredModules()
  return {
    name: 'go',
    lockFiles: { golang: ['go.sum', 'go.mod', 'go.work.sum'] },
    detect({ path }) {
      if (!path.includes('/pkg/mod/')) return null
      return packageOf(path) ?? (records.test(path) ? { is: 'ignored', why: 'package cache' } : null)
    },
    packagesOf({ path, access }, probe) {
      const own = path.includes('/vendor/') ? vendored.of(path, probe) : null
      if (own) return [{ ...module(own.name, own.version), location: own.location }]
      return access?.includes('executed') ? linked(path, probe) : []
    },
    recorded(path, probe) {
      const location = path.includes('/pkg/mod/') ? packageOf(path)?.location : undefined
      return location === undefined ? null : archives.recorded(path, location, probe)
    },
  }
}

function packageAt(directory: string): Package | null {
  const [, location, path = '', version = ''] = inCache.exec(directory) ?? []
  if (location === undefined) return null
  const name = path.replace(/!([a-z])/g, (_, letter: string) => letter.toUpperCase())
  return { is: 'package', ...module(name, version), location: location as BytePath }
}

function linked(path: BytePath, probe: Probe): readonly PackageFound[] {
  const bytes = sectionBytes(path, '.go.buildinfo', probe)
  const info = bytes && buildInfo(bytes)
  if (!info) return []
  const library = { ecosystem: 'golang', package: 'stdlib', version: info.goVersion, location: path }
  return [library, ...info.modules.map(({ name, version }) => ({ ...module(name, version), location: path }))]
}

/** The specification writes Go's names in small letters. */
const module = (name: string, version: string): PackageFound => ({
  ...{ ecosystem: 'golang', package: name, version },
  purl: packageUrl('golang', name.toLowerCase(), version),
})
