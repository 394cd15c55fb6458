/** Packages of JavaScript: what npm, pnpm, Yarn and Bun put into node_modules, Deno's cache, and the archives of Yarn's Plug'n'Play. */
import type { ArtifactDetector, BytePath, Detection, Probe } from '@roar/core'
import { baseName, byDirectory } from '../by-directory.ts'
import { NpmCache } from './npm-cache.ts'
import { PnpmStore } from './pnpm-store.ts'
import { isYarnArchive, isYarnCache, YarnArchives } from './yarn-archives.ts'

type Package = Extract<Detection, { is: 'package' }>

interface Folder {
  readonly found: Package
  readonly incidental: Package
}

/** The last one counts: a package may have its own node_modules, and pnpm's lie in one of its store's. */
const inModules = /^.*\/node_modules\/((?:@[^/]+\/)?[^/.@][^/]*)(?=\/|$)/
/** As Deno unpacks them: `$DENO_DIR/npm/HOST/NAME/VERSION/`. Manifests of packages have the name that a folder of another kind has not. */
const inDeno = /^.*\/npm\/[\w-]+(?:\.[\w-]+)+\/((?:@[^/]+\/)?[^/.@][^/]*)\/\d+\.\d+\.\d+[^/]*(?=\/|$)/
/** What the tools keep for themselves: `.package-lock.json`, `.modules.yaml`, `.yarn-state.yml`, `.bin`. */
const ownRecords =
  /\/node_modules\/(?:\.package-lock\.json|\.modules\.yaml|\.yarn-(?:state\.yml|integrity)|\.pnpm\/lock\.yaml|\.bin\/[^/]+|\.pnpm-workspace-state\S*)$/

/** Yarn's own in a project: what it has installed and built. Its archives and plugins lie in folders beside. */
const yarnRecords = /\/\.yarn\/(?:install-state\.gz|build-state\.yml)$/

const lockNames = [
  'package-lock.json',
  'npm-shrinkwrap.json',
  'pnpm-lock.yaml',
  'yarn.lock',
  '.pnp.cjs',
  'bun.lock',
  'bun.lockb',
  'deno.lock',
]

export function createNpmDetector(): ArtifactDetector {
  let probe: Probe
  const packageOf = byDirectory((directory) => folderOf(directory, probe))
  const pnpm = new PnpmStore()
  const yarn = new YarnArchives()
  const cache = new NpmCache()
  return {
    name: 'npm',
    lockFiles: { npm: lockNames },
    marks: ['/node_modules/', '/.yarn/', '/Yarn/Berry/', '/npm/'],
    inDirectory: (directory) =>
      isInModules(directory) || isYarnCache(directory) || directory.endsWith('/.yarn') ? null : 'none',
    detect({ path }, asked) {
      probe = asked
      if (isYarnArchive(path)) return yarn.packageOf(path, asked)
      if (yarnRecords.test(path)) return { is: 'ignored', why: 'record of Yarn' }
      if (!isInModules(path)) return null
      const folder = packageOf(path)
      if (folder === null) return ownRecords.test(path) ? { is: 'ignored', why: 'record of node_modules' } : null
      return isManifest(path, folder) ? folder.incidental : folder.found
    },
    recorded(path, asked) {
      if (isYarnArchive(path)) return yarn.recorded(path, asked)
      if (!path.includes('/node_modules/')) return null
      probe = asked
      const found = packageOf(path)?.found
      const byNpm = found?.location ? cache.recorded(path, found.location, found.version, asked) : null
      return byNpm ?? pnpm.recorded(path, asked)
    },
  }
}

const isInModules = (path: string): boolean => `${path}/`.includes('/node_modules/') || inDeno.test(path)

/** Looking a module up reads the manifests of several packages; running it reads more. */
const isManifest = (path: string, { found }: Folder): boolean =>
  baseName(path) === 'package.json' && path.length === (found.location?.length ?? 0) + 13

function folderOf(directory: string, probe: Probe): Folder | null {
  const location = (inModules.exec(directory) ?? inDeno.exec(directory))?.[0]
  const manifest = location === undefined ? null : parse(probe.text(`${location}/package.json` as BytePath))
  if (!manifest) return null
  const { name, version } = manifest
  const found = { is: 'package', ecosystem: 'npm', package: name, version, location: location as BytePath } as const
  return { found, incidental: { ...found, incidental: true } }
}

function parse(text: string | null): { readonly name: string; readonly version: string | null } | null {
  try {
    const { name, version } = JSON.parse(text ?? '')
    return typeof name === 'string' && name !== ''
      ? { name, version: typeof version === 'string' ? version : null }
      : null
  } catch {
    return null
  }
}
