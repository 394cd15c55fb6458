/** Files of conda environments that no Python distribution claims: named with the conda package that brought them. */
import { type ArtifactDetector, type BytePath, type Detection, formatPackageUrl, type Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'

type Package = Extract<Detection, { is: 'package' }>

/** Folders of an environment's root; a walk over all parents would ask the disk once for every directory of a run. */
const inEnvironment =
  /\/(?:bin|sbin|lib|lib64|libexec|include|share|etc|ssl|conda-meta|man|var|compiler_compat|[\w-]+-conda-linux-gnu)(?=\/|$)/g

export function createCondaDetector(): ArtifactDetector {
  const environments = new Map<string, Environment>()
  let probe: Probe
  const environmentOf = byDirectory((directory) => {
    inEnvironment.lastIndex = 0
    for (let found = inEnvironment.exec(directory); found !== null; found = inEnvironment.exec(directory)) {
      const root = directory.slice(0, found.index)
      if (root !== '' && probe.exists(`${root}/conda-meta/history` as BytePath)) return root
    }
    return null
  })
  const at = (path: string, asked: Probe): { readonly environment: Environment; readonly inside: string } | null => {
    probe = asked
    const root = environmentOf(path)
    if (root === null) return null
    const environment = environments.get(root) ?? new Environment(root, asked)
    environments.set(root, environment)
    return { environment, inside: path.slice(root.length + 1) }
  }
  return {
    name: 'conda',
    lockFiles: { conda: ['conda-lock.yml', 'pixi.lock', 'environment.yml', 'environment.yaml', 'pixi.toml'] },
    inDirectory: (directory, asked) => (at(`${directory}/`, asked) === null ? 'none' : null),
    detect({ path }, asked) {
      const found = at(path, asked)
      if (found === null) return null
      const { environment, inside } = found
      const records: Detection | null = inside.startsWith('conda-meta/')
        ? { is: 'ignored', why: 'conda records' }
        : null
      return environment.ownerOf(inside) ?? records ?? left(inside)
    },
    /** What Python's detector has named is conda's, too. */
    packagesOf({ path }, asked) {
      const found = at(path, asked)
      const owner = found?.environment.ownerOf(found.inside)
      return owner ? [owner] : []
    },
    recorded(path, asked) {
      const found = at(path, asked)
      const record = found?.environment.recordOf(found.inside)
      if (!found || !record) return null
      return {
        file: path,
        record,
        expected() {
          const digest = found.environment.digestOf(found.inside)
          return digest ? { algorithm: 'sha256', digest } : null
        },
      }
    },
  }
}

/** What was made when a package was installed. */
const left = (inside: string): Detection | null =>
  /^s?bin\/|\.so(?:\.|$)|^etc\/|^ssl\/|^lib\/(?:gconv|R|jvm|perl5|ruby|tcl|tk)/.test(inside) ? { is: 'system' } : null

class Environment {
  readonly #files = new Map<string, CondaRecord>()

  constructor(root: string, probe: Probe) {
    for (const name of probe.list(`${root}/conda-meta` as BytePath)) {
      const path = `${root}/conda-meta/${name}` as BytePath
      const record = name.endsWith('.json') ? parse(probe.text(path, 64 << 20), path, root as BytePath) : null
      for (const file of record?.files ?? []) this.#files.set(file, record as CondaRecord)
    }
  }

  ownerOf(inside: string): Package | null {
    return this.#files.get(inside)?.found ?? null
  }

  recordOf(inside: string): BytePath | null {
    return this.#files.get(inside)?.path ?? null
  }

  digestOf(inside: string): string | null {
    return this.#files.get(inside)?.digests().get(inside) ?? null
  }
}

interface CondaRecord {
  readonly path: BytePath
  readonly found: Package
  readonly files: readonly string[]
  digests(): ReadonlyMap<string, string>
}

/** Of a file whose paths were rewritten for the prefix, the digest behind that counts. */
interface PathData {
  readonly _path: string
  readonly sha256?: string
  readonly sha256_in_prefix?: string
}

function parse(text: string | null, path: BytePath, location: BytePath): CondaRecord | null {
  try {
    const { name, version, files, build, channel, subdir, paths_data } = JSON.parse(text ?? '')
    if (typeof name !== 'string' || !Array.isArray(files)) return null
    const known = typeof version === 'string' ? version : null
    const qualifiers = { build, channel: channelName(channel), subdir }
    const purl = formatPackageUrl({ type: 'conda', name, version: known, qualifiers })
    const found: Package = { is: 'package', ecosystem: 'conda', package: name, version: known, purl, location }
    const digests = () => digestsOf(paths_data?.paths ?? [])
    return { path, found, files, digests }
  } catch {
    return null
  }
}

const digestsOf = (paths: readonly PathData[]): ReadonlyMap<string, string> =>
  new Map(
    paths.flatMap((one) => {
      const digest = one.sha256_in_prefix ?? one.sha256
      return digest ? [[one._path, digest]] : []
    }),
  )

/** The channel of an address: `https://…/conda-forge/linux-64` is conda-forge. Addresses of private channels hold tokens. */
const channelName = (channel: unknown): string | null =>
  typeof channel === 'string'
    ? (channel
        .replace(/\/(?:linux|osx|win|noarch)[\w-]*\/?$/, '')
        .split('/')
        .filter(Boolean)
        .at(-1) ?? null)
    : null
