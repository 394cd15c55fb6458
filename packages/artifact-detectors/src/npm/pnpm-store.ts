/** pnpm's store knows the digest of every file of every package: https://pnpm.io/symlinked-node-modules-structure. */
import { createRequire } from 'node:module'
import type { BytePath, PackageRecord, Probe } from '@roar/core'

interface Place {
  /** `…/node_modules` */
  readonly modules: string
  /** `@babel+core@7.1.0_peer@2.0.0` */
  readonly folder: string
  /** Inside of the package. */
  readonly file: string
  readonly name: string
}

const inStore = /^(.*\/node_modules)\/\.pnpm\/([^/]+)\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(.+)$/

export class PnpmStore {
  readonly #indexes = new Map<string, ReadonlyMap<string, string>>()
  readonly #stores = new Map<string, string | null>()
  readonly #integrities = new Map<string, ReadonlyMap<string, string>>()

  recorded(path: BytePath, probe: Probe): PackageRecord | null {
    const [at, modules = '', folder = '', name = '', file = ''] = inStore.exec(path) ?? []
    if (at === undefined) return null
    const index = this.#indexFile({ modules, folder, name, file }, probe)
    if (index === null) return null
    return {
      file: path,
      record: index,
      expected: () => {
        const digest = this.#filesOf(index, probe).get(file)
        return digest && !isRewritten(path, digest, probe) ? { algorithm: 'sha512', digest } : null
      },
    }
  }

  /** Named by the archive's own digest, which the lock file in the virtual store tells. */
  #indexFile({ modules, folder, name }: Place, probe: Probe): BytePath | null {
    const store = this.#storeOf(modules, probe)
    const key = /^@?[^@]+@[^_(]+/.exec(folder)?.[0] ?? ''
    const integrity = this.#integritiesOf(modules, probe).get(key)
    if (store === null || integrity === undefined) return null
    const hex = Buffer.from(integrity, 'base64').toString('hex')
    const [head, tail] = [hex.slice(0, 2), hex.slice(2)]
    const places = [
      `${store}/index/${head}/${tail.slice(0, 62)}-${key}.json`,
      // Of an archive that lies at a place of its own.
      `${store}/index/${head}/${tail.slice(0, 62)}-${key.slice(name.length + 1)}.json`,
      `${store}/files/${head}/${tail}-index.json`,
    ]
    return (places.find((one) => probe.exists(one as BytePath)) as BytePath | undefined) ?? null
  }

  #storeOf(modules: string, probe: Probe): string | null {
    let known = this.#stores.get(modules)
    if (known === undefined) {
      const text = probe.text(`${modules}/.modules.yaml` as BytePath) ?? ''
      known = /"?storeDir"?:\s*["']?([^"',\n]+)/.exec(text)?.[1] ?? null
      this.#stores.set(modules, known)
    }
    return known
  }

  #integritiesOf(modules: string, probe: Probe): ReadonlyMap<string, string> {
    const known = this.#integrities.get(modules) ?? readIntegrities(modules, probe)
    this.#integrities.set(modules, known)
    return known
  }

  #filesOf(index: BytePath, probe: Probe): ReadonlyMap<string, string> {
    const known = this.#indexes.get(index) ?? readIndex(probe.text(index, 16 << 20))
    this.#indexes.set(index, known)
    return known
  }
}

/**
 * `'@babel/core@7.1.0':` or `gadget@file:../gadget.tgz:` and, below it, `resolution: {integrity: sha512-…}`. By the beginning of the folder's name: pnpm
 * replaces what no file system takes.
 */
function readIntegrities(modules: string, probe: Probe): ReadonlyMap<string, string> {
  const text = probe.text(`${modules}/.pnpm/lock.yaml` as BytePath, 16 << 20) ?? ''
  const entries = text.matchAll(/^ {2}'?\/?([^'\n(]+)(?:\(.*)?'?:\n {4}resolution: \{integrity: sha512-([\w+/=]+)/gm)
  return new Map([...entries].map(([, key = '', integrity = '']) => [key.replace(/[\\/:*?"<>|]/g, '+'), integrity]))
}

/** The first line of a program ends with a newline alone once it is installed, as npm has it: https://github.com/npm/bin-links, fix-bin. */
function isRewritten(path: BytePath, digest: string, probe: Probe): boolean {
  if (probe.head(path, 2)?.join() !== '35,33') return false
  const [bytes, end] = [probe.bytes?.(path, 16 << 20), probe.head(path, 4096)?.indexOf(10) ?? -1]
  if (!bytes || end < 0) return false
  const { createHash } = createRequire(import.meta.url)('node:crypto') as typeof import('node:crypto')
  const before = createHash('sha512').update(bytes.subarray(0, end)).update('\r').update(bytes.subarray(end))
  return before.digest('hex') === digest
}

function readIndex(text: string | null): ReadonlyMap<string, string> {
  try {
    const files: [string, { readonly integrity?: string }][] = Object.entries(JSON.parse(text ?? '').files ?? {})
    return new Map(
      files.flatMap(([name, { integrity }]) =>
        integrity?.startsWith('sha512-') ? [[name, Buffer.from(integrity.slice(7), 'base64').toString('hex')]] : [],
      ),
    )
  } catch {
    return new Map()
  }
}
