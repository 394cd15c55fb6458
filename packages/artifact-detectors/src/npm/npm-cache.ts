/**
 * npm's own record of what it installed has digests of archives alone; but its cache keeps the archives, by digest. Of one that is there each file can be compared.
 * https://docs.npmjs.com/cli/configuring-npm/package-lock-json (hidden lock files), https://github.com/npm/cacache
 */
import { createRequire } from 'node:module'
import type { BytePath, PackageRecord, Probe } from '@roar/core'
import { unpacked } from '../tar/archive-record.ts'
import { tarFiles } from '../tar/tar-files.ts'

const longestArchive = 64 << 20

type Digests = ReadonlyMap<string, string>
interface LockEntry {
  readonly version?: string
  readonly integrity?: string
}

export class NpmCache {
  readonly #locks = new Map<string, ReadonlyMap<string, LockEntry>>()
  readonly #archives = new Map<string, BytePath | null>()
  readonly #digests = new Map<BytePath, Digests>()

  /** `location`: the package's folder. */
  recorded(path: BytePath, location: BytePath, version: string | null, probe: Probe): PackageRecord | null {
    let archive = this.#archives.get(location)
    if (archive === undefined) {
      archive = this.#archiveOf(location, version, probe)
      this.#archives.set(location, archive)
    }
    return archive && this.#record(path, location, archive, probe)
  }

  #record(path: BytePath, location: BytePath, archive: BytePath, probe: Probe): PackageRecord {
    return {
      file: path,
      record: archive,
      expected: () => {
        const known = this.#digests.get(archive) ?? provenDigests(archive, probe)
        this.#digests.set(archive, known)
        const digest = known.get(path.slice(location.length + 1))
        return digest === undefined ? null : { algorithm: 'sha512', digest }
      },
    }
  }

  #archiveOf(location: BytePath, version: string | null, probe: Probe): BytePath | null {
    const entry = this.#entryOf(location, probe)
    // Whoever put another version there was not npm.
    if (entry === null || entry.version !== version) return null
    const [, base64] = /^sha512-([\w+/]+=*)$/.exec(entry.integrity ?? '') ?? []
    if (base64 === undefined) return null
    const hex = Buffer.from(base64, 'base64').toString('hex')
    const inside = `content-v2/sha512/${hex.slice(0, 2)}/${hex.slice(2, 4)}/${hex.slice(4)}`
    const places = cacheFolders(probe).map((folder) => `${folder}/_cacache/${inside}` as BytePath)
    return places.find((place) => probe.exists(place)) ?? null
  }

  /** The outermost node_modules has the record of all that lie in it. */
  #entryOf(location: string, probe: Probe): LockEntry | null {
    for (let at = location.indexOf('/node_modules/'); at >= 0; at = location.indexOf('/node_modules/', at + 1)) {
      const entry = this.#lockIn(location.slice(0, at + '/node_modules'.length), probe).get(location.slice(at + 1))
      if (entry) return entry
    }
    return null
  }

  #lockIn(modules: string, probe: Probe): ReadonlyMap<string, LockEntry> {
    const known =
      this.#locks.get(modules) ?? readLock(probe.text(`${modules}/.package-lock.json` as BytePath, 64 << 20))
    this.#locks.set(modules, known)
    return known
  }
}

function readLock(text: string | null): ReadonlyMap<string, LockEntry> {
  try {
    return new Map(Object.entries(JSON.parse(text ?? '').packages ?? {}))
  } catch {
    return new Map()
  }
}

/** `cache=` of the user's settings and of the project's, beside where it lies by default: the content decides, not the place. */
function cacheFolders(probe: Probe): readonly string[] {
  const settings = [probe.workspace, probe.home].map((folder) => folder && probe.text(`${folder}/.npmrc` as BytePath))
  const named = settings.map((text) => /^\s*cache\s*=\s*"?([^"\n]+?)"?\s*$/m.exec(text ?? '')?.[1])
  const folders = [...named, '~/.npm'].filter((one) => one !== undefined)
  return folders.map((one) => one.replace(/^(?:~|\$\{HOME\})(?=\/)/, probe.home))
}

/** By name inside of the package; empty where the archive is not the one that its name says. */
function provenDigests(archive: BytePath, probe: Probe): Digests {
  const bytes = probe.bytes?.(archive, longestArchive)
  if (!bytes || sha512(bytes) !== archive.slice(-130).replaceAll('/', '')) return new Map()
  const found = new Map<string, string>()
  for (const { name, content } of tarFiles(unpacked(bytes)))
    if (mayBeRewritten(content)) found.delete(insideOf(name))
    else found.set(insideOf(name), sha512(content))
  return found
}

/** npm ends the first line of a script with a newline alone: https://github.com/npm/bin-links, fix-bin. */
const mayBeRewritten = (content: Uint8Array): boolean =>
  content[0] === 35 && content[1] === 33 && content[content.indexOf(10) - 1] === 13

/** Whatever the first folder of an archive is called, it becomes that of the package. */
const insideOf = (name: string): string => name.slice(name.indexOf('/') + 1)

/** Loaded when the first such file is asked for: most runs have none. */
const load = createRequire(import.meta.url)

const sha512 = (bytes: Uint8Array): string =>
  (load('node:crypto') as typeof import('node:crypto')).createHash('sha512').update(bytes).digest('hex')
