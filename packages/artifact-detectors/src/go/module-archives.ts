/**
 * Files of modules, compared with the archive that they were unpacked from: Go keeps it in its cache, beside the digest that `go.sum` has of it.
 * https://go.dev/ref/mod#module-cache, and `h1:` as in https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1
 */
import { createRequire } from 'node:module'
import type { BytePath, PackageRecord, Probe } from '@roar/core'
import { entryBytes, zipEntries } from '../zip/central-directory.ts'

/** Of one file; a module with a longer one is not compared. */
const longest = 16 << 20

type Digests = ReadonlyMap<string, string>

export class ModuleArchives {
  readonly #known = new Map<BytePath, Digests>()

  /** `location`: `…/pkg/mod/github.com/!burnt!sushi/toml@v1.3.2`. */
  recorded(path: BytePath, location: BytePath, probe: Probe): PackageRecord | null {
    const base = archiveOf(location)
    const archive = `${base}.zip` as BytePath
    if (!probe.exists(archive)) return null
    return {
      file: path,
      record: archive,
      expected: () => {
        const digest = this.#digestsOf(archive, `${base}.ziphash` as BytePath, probe).get(
          path.slice(location.length + 1),
        )
        return digest === undefined ? null : { algorithm: 'sha256', digest }
      },
    }
  }

  #digestsOf(archive: BytePath, sum: BytePath, probe: Probe): Digests {
    const known = this.#known.get(archive) ?? provenDigests(archive, probe.text(sum)?.trim() ?? '', probe)
    this.#known.set(archive, known)
    return known
  }
}

/** `…/pkg/mod/cache/download/github.com/!burnt!sushi/toml/@v/v1.3.2`, without an ending. */
function archiveOf(location: BytePath): string {
  const root = location.lastIndexOf('/pkg/mod/') + '/pkg/mod/'.length
  const [, name = '', version = ''] = /^(.*)@([^@]*)$/.exec(location.slice(root)) ?? []
  return `${location.slice(0, root)}cache/download/${name}/@v/${version}`
}

/** By name inside of the module; empty where the archive is not the one that Go downloaded: then it proves nothing. */
function provenDigests(archive: BytePath, sum: string, probe: Probe): Digests {
  const digests: [name: string, hex: string][] = []
  for (const entry of zipEntries({ path: archive, from: 0, length: null }, probe)) {
    const bytes = entryBytes(archive, entry, probe, longest)
    if (bytes === null) return new Map()
    digests.push([Buffer.from(entry.name).toString('latin1'), sha256(bytes, 'hex')])
  }
  return sum === hash1(digests) ? new Map(digests.map(([name, hex]) => [insideOf(name), hex])) : new Map()
}

function hash1(digests: readonly (readonly [name: string, hex: string])[]): string {
  const lines = [...digests].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, hex]) => `${hex}  ${name}\n`)
  return `h1:${sha256(Buffer.from(lines.join(''), 'latin1'), 'base64')}`
}

/** `github.com/BurntSushi/toml@v1.3.2/decode.go`: a version has no slash, a path no `@` before it. */
const insideOf = (name: string): string => name.slice(name.indexOf('/', name.indexOf('@')) + 1)

/** Loaded when the first such file is asked for: most runs have none. */
function sha256(bytes: Uint8Array, encoding: 'hex' | 'base64'): string {
  const { createHash } = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto')
  return createHash('sha256').update(bytes).digest(encoding)
}
