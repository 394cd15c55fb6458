/** Crates: sources that cargo unpacked, vendored or checked out, and the list that cargo-auditable leaves in a program. */
import { createRequire } from 'node:module'
import type { ArtifactDetector, BytePath, Detection, PackageFound, Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'
import { sectionBytes } from '../elf/sections.ts'
import { CrateArchives } from './crate-archives.ts'
import { Toolchains } from './toolchain.ts'

/** Loaded when the first such file is met: most runs meet none. */
const zlib = (): typeof import('node:zlib') => createRequire(import.meta.url)('node:zlib')

type Package = Extract<Detection, { is: 'package' }>

/** A version begins with a digit, and so does no part of a crate's name that stands behind a dash … mostly: the longest name wins. */
const unpacked = /^(.*\/registry\/src\/[^/]+\/(.+)-(\d+\.\d+\.\d+[^/]*?))(?=\/|$)/
const checkedOut = /^.*\/git\/checkouts\/[^/]+\/([0-9a-f]{7,})(?=\/|$)/
const records = /\/\.cargo\/(?:registry|git)\/|\/registry\/(?:cache|index)\//

export function createCargoDetector(): ArtifactDetector {
  let probe: Probe
  const packageOf = byDirectory((directory) => packageAt(directory, probe))
  const archives = new CrateArchives()
  const toolchains = new Toolchains()
  const sums = new Map<string, Readonly<Record<string, string>>>()
  return {
    name: 'cargo',
    lockFiles: { cargo: ['Cargo.lock'] },
    detect({ path }, asked) {
      probe = asked
      if (!/\/(?:registry\/src|git\/checkouts|vendor)\//.test(path)) return null
      return packageOf(path) ?? (records.test(path) ? { is: 'ignored', why: 'package cache' } : null)
    },
    packagesOf: ({ path, access }, asked) => [
      ...toolchains.of(path, asked),
      ...(access?.includes('executed') ? linked(path, asked) : []),
    ],
    recorded(path, asked) {
      probe = asked
      const found = packageOf(path)
      const location = found?.location
      if (location === undefined) return null
      if (unpacked.test(location))
        return archives.recorded(path, { name: found?.package ?? '', version: found?.version ?? '', location }, asked)
      const record = `${location}/.cargo-checksum.json` as BytePath
      if (!asked.exists(record)) return null
      return {
        file: path,
        record,
        expected() {
          const known = sums.get(record) ?? checksums(asked.text(record) ?? '')
          sums.set(record, known)
          const digest = known[path.slice(location.length + 1)]
          return digest ? { algorithm: 'sha256', digest } : null
        },
      }
    },
  }
}

function packageAt(directory: string, probe: Probe): Package | null {
  const [, location, name = '', version = ''] = unpacked.exec(directory) ?? []
  if (location !== undefined)
    return { is: 'package', ecosystem: 'cargo', package: name, version, location: location as BytePath }
  if (checkedOut.test(directory)) return manifestAbove(directory, checkedOut.exec(directory)?.[0] ?? '', probe)
  const vendored = /^(.*\/vendor\/[^/]+)(?=\/|$)/.exec(directory)?.[1]
  const isCrate = vendored !== undefined && probe.exists(`${vendored}/.cargo-checksum.json` as BytePath)
  return isCrate ? manifestAt(vendored, probe) : null
}

/** A repository may have several crates. */
function manifestAbove(directory: string, root: string, probe: Probe): Package | null {
  for (let at = directory; at.length >= root.length; at = at.slice(0, at.lastIndexOf('/'))) {
    const found = manifestAt(at, probe)
    if (found) return found
  }
  return null
}

function manifestAt(location: string, probe: Probe): Package | null {
  const text = probe.text(`${location}/Cargo.toml` as BytePath)
  const section = text?.split(/^\[package\]\s*$/m)[1]?.split(/^\[/m)[0]
  const field = (name: string): string | null =>
    new RegExp(`^${name}\\s*=\\s*"([^"]+)"`, 'm').exec(section ?? '')?.[1] ?? null
  const name = field('name')
  if (name === null) return null
  return { is: 'package', ecosystem: 'cargo', package: name, version: field('version'), location: location as BytePath }
}

/** https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md */
function linked(path: BytePath, probe: Probe): readonly PackageFound[] {
  const bytes = sectionBytes(path, '.dep-v0', probe)
  if (bytes === null) return []
  try {
    const { packages } = JSON.parse(
      zlib()
        .inflateSync(bytes, { maxOutputLength: 8 << 20 })
        .toString('utf8'),
    )
    return (packages as readonly AuditedCrate[])
      .filter(({ kind, root }) => kind !== 'build' && root !== true)
      .map(({ name, version }) => ({ ecosystem: 'cargo', package: name, version, location: path }))
  } catch {
    return []
  }
}

interface AuditedCrate {
  readonly name: string
  readonly version: string
  readonly kind?: string
  readonly root?: boolean
}

function checksums(text: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(text).files ?? {}
  } catch {
    return {}
  }
}
