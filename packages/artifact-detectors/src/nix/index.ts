/** Paths of Nix's and Guix's stores tell the package, and by their hash everything that it was made from. */
import { type ArtifactDetector, type BytePath, formatPackageUrl, type PackageFound } from '@roar/core'

/** The version begins at the first dash that no letter follows: https://nix.dev/manual/nix/latest/language/builtins#builtins-parseDrvName */
const storePath = /^(\/(nix|gnu)\/store\/([0-9a-z]{32})-(.+?)(?:-([^a-zA-Z/][^/]*))?)(?=\/|$)/
/** Parts of one package that are installed apart. */
const output = /-(bin|dev|lib|out|doc|man|info|static|debug|data|dist)$/

export function createNixDetector(): ArtifactDetector {
  const known = new Map<string, readonly PackageFound[]>()
  return {
    name: 'nix',
    marks: ['/nix/store/', '/gnu/store/'],
    inDirectory: (directory) => (/^\/(?:nix|gnu)\/store(?:\/|$)/.test(directory) ? null : 'none'),
    detect: () => null,
    lockFiles: { nix: ['flake.lock', 'shell.nix', 'default.nix'], guix: ['manifest.scm', 'channels.scm'] },
    packagesOf({ path }) {
      if (!path.startsWith('/nix/store/') && !path.startsWith('/gnu/store/')) return []
      const end = path.indexOf('/', 11)
      const folder = end < 0 ? path : path.slice(0, end)
      const found = known.get(folder) ?? packageAt(folder)
      known.set(folder, found)
      return found
    },
  }
}

function packageAt(folder: string): readonly PackageFound[] {
  const [, location, store, , rest = '', tail] = storePath.exec(folder) ?? []
  if (location === undefined) return []
  const type = store === 'nix' ? 'nix' : 'guix'
  const part = output.exec(tail ?? rest)?.[1] ?? null
  const name = tail === undefined ? rest.replace(output, '') : rest
  const version = tail?.replace(output, '') ?? null
  const qualifiers = { output: part === 'out' ? null : part }
  const purl = formatPackageUrl({ type, name, version, qualifiers })
  return [{ ecosystem: type, package: name, version, purl, location: location as BytePath }]
}
