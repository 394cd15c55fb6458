/** Yarn's packages stay packed: one zip each, which the Plug'n'Play runtime reads. */
import type { BytePath, Detection, PackageRecord, Probe } from '@roar/core'

type Package = Extract<Detection, { is: 'package' }>

/** `lodash-npm-4.17.21-6382451519-8.zip`, `@babel-core-npm-7.1.0-0123456789-10c0.zip` */
const archiveName = /\/([^/]+)-npm-(\d[^/]*?)-[0-9a-f]{10}(?:-[\w.]+)?\.zip$/
const inCache = /\/(?:\.yarn\/(?:berry\/)?cache|Yarn\/Berry\/cache)\/[^/]+\.zip$/

/** May files of this directory be such archives? */
export const isYarnCache = (directory: string): boolean => inCache.test(`${directory}/x.zip`)

export const isYarnArchive = (path: string): boolean => path.endsWith('.zip') && inCache.test(path)

export class YarnArchives {
  readonly #checksums = new Map<string, ReadonlyMap<string, string>>()

  packageOf(path: BytePath, probe: Probe): Package | null {
    const [, label = '', version] = archiveName.exec(path) ?? []
    if (version === undefined) return null
    const name = nameInside(path, probe) ?? label.replace(/^(@[^-]+)-/, '$1/')
    return { is: 'package', ecosystem: 'npm', package: name, version, location: path }
  }

  recorded(path: BytePath, probe: Probe): PackageRecord | null {
    const found = this.packageOf(path, probe)
    const lock = found && lockAbove(path, probe)
    if (!found || !lock) return null
    return {
      file: path,
      record: lock,
      expected: () => {
        const digest = this.#checksumsOf(lock, probe).get(`${found.package}@${found.version}`)
        return digest ? { algorithm: 'sha512', digest } : null
      },
    }
  }

  #checksumsOf(lock: BytePath, probe: Probe): ReadonlyMap<string, string> {
    const known = this.#checksums.get(lock) ?? readChecksums(probe.text(lock, 64 << 20) ?? '')
    this.#checksums.set(lock, known)
    return known
  }
}

/** The first entry is `node_modules/@babel/core/…`: a file's name cannot tell a scope from a dash. */
function nameInside(path: BytePath, probe: Probe): string | null {
  const head = probe.head(path, 512)
  if (!head || head.length < 30) return null
  const length = (head[26] ?? 0) | ((head[27] ?? 0) << 8)
  const entry = Buffer.from(head.subarray(30, 30 + length)).toString('utf8')
  return /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(entry)?.[1] ?? null
}

/** A cache in the project has its lock beside `.yarn`; that of the user's cache is the workspace's. */
function lockAbove(path: BytePath, probe: Probe): BytePath | null {
  const project = path.slice(0, Math.max(0, path.indexOf('/.yarn/')))
  const places = [`${project}/yarn.lock`, `${probe.workspace ?? ''}/yarn.lock`] as BytePath[]
  return places.find((one) => probe.exists(one)) ?? null
}

/** `resolution: "lodash@npm:4.17.21"` and, in the same paragraph, `checksum: 10c0/…`: sha512 of the archive. */
function readChecksums(text: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  for (const paragraph of text.split(/\n\n/)) {
    const [, name, version] = /^ {2}resolution: "(.+)@npm:([^"]+)"/m.exec(paragraph) ?? []
    const sum = /^ {2}checksum: (?:[\w.]+\/)?([0-9a-f]{128})$/m.exec(paragraph)?.[1]
    if (name && version && sum) found.set(`${name}@${version}`, sum)
  }
  return found
}
