/** Packages of Julia in its depots: a folder each, and in it one for each version. https://pkgdocs.julialang.org/v1/glossary */
import { type ArtifactDetector, type BytePath, type Detection, formatPackageUrl, type Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'

type Package = Extract<Detection, { is: 'package' }>

const inDepot = /^(.*\/packages\/([A-Za-z]\w*)\/([A-Za-z0-9]{4,5}))(?=\/|$)/
const inStandardLibrary = /^(.*\/share\/julia)(?:\/stdlib\/v[\d.]+\/(\w+))?(?=\/|$)/

export function createJuliaDetector(): ArtifactDetector {
  let probe: Probe
  const packageOf = byDirectory((directory) => packageAt(directory, probe))
  return {
    name: 'julia',
    lockFiles: { julia: ['Manifest.toml', 'JuliaManifest.toml', 'Project.toml'] },
    marks,
    inDirectory: (directory) => (mayHave(`${directory}/`) ? null : 'none'),
    detect({ path }, asked) {
      probe = asked
      if (path.includes('/compiled/v') && /\/compiled\/v\d+\.\d+\/.+\.(?:ji|so|dylib)$/.test(path))
        return { is: 'ignored', why: 'compiled Julia package' }
      return path.includes('/packages/') || path.includes('/share/julia') ? packageOf(path) : null
    },
  }
}

const marks = ['/compiled/v', '/packages/', '/share/julia']
const mayHave = (place: string): boolean => marks.some((mark) => place.includes(mark))

function packageAt(directory: string, probe: Probe): Package | null {
  const [, location, folder = ''] = inDepot.exec(directory) ?? []
  if (location !== undefined) return projectAt(location as BytePath, folder, probe)
  const [, share] = inStandardLibrary.exec(directory) ?? []
  if (share === undefined || !probe.exists(`${share}/base` as BytePath)) return null
  const version = /\bv(\d+\.\d+)/.exec(probe.list(`${share}/stdlib` as BytePath).join(' '))?.[1] ?? null
  return { is: 'package', ecosystem: 'julia', package: 'julia', version, location: share as BytePath }
}

function projectAt(location: BytePath, folder: string, probe: Probe): Package | null {
  const text =
    probe.text(`${location}/Project.toml` as BytePath) ?? probe.text(`${location}/JuliaProject.toml` as BytePath)
  if (text === null) return null
  const field = (name: string): string | null => new RegExp(`^${name}\\s*=\\s*"([^"]+)"`, 'm').exec(text)?.[1] ?? null
  const [name, version] = [field('name') ?? folder, field('version')]
  const purl = formatPackageUrl({ type: 'julia', name, version, qualifiers: { uuid: field('uuid') } })
  return { is: 'package', ecosystem: 'julia', package: name, version, purl, location }
}
