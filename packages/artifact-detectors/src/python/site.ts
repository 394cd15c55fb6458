/** A directory of installed distributions: which of them does a file belong to? */
import { type BytePath, fromBuffer, type Probe } from '@roar/core'
import { Distribution, normalise, topOf } from './distribution.ts'

export interface Editable {
  readonly root: string
  readonly distribution: Distribution
}

export class Site {
  readonly directory: string
  readonly #probe: Probe
  readonly #byEntry = new Map<string, Distribution>()
  readonly #byName = new Map<string, Distribution>()
  readonly #byTop = new Map<string, readonly Distribution[]>()
  #beginnings: ReadonlySet<string> | undefined
  #claims: ReadonlyMap<string, readonly Distribution[]> | undefined
  #files: ReadonlyMap<string, Distribution> | undefined
  #editables: readonly Editable[] | undefined

  constructor(directory: string, probe: Probe) {
    this.directory = directory
    this.#probe = probe
    for (const entry of probe.list(directory as BytePath)) {
      const found = Distribution.of(directory, entry, probe)
      if (found === null) continue
      this.#byEntry.set(entry, found)
      this.#byName.set(found.listedName, found)
    }
  }

  get isEmpty(): boolean {
    return this.#byEntry.size === 0
  }

  /** Of a path as seen from the site; `../../../bin/pip` for a script. */
  ownerOf(path: string): Distribution | null {
    const [first = ''] = path.split('/', 1)
    const named = this.#byEntry.get(first) ?? this.#removed(first)
    if (named) return named
    if (first === '..') return this.#recorded().get(path) ?? null
    const owners = this.#ownersOf(topOf(path), path)
    return owners.length > 1 ? this.#sharedOwner(path, owners) : (owners[0] ?? null)
  }

  /** An upgrade reads the metadata of what it removes: its folder's name tells whose that was. */
  #removed(entry: string): Distribution | null {
    return entry.endsWith('.dist-info') ? Distribution.of(this.directory, entry, this.#probe) : null
  }

  /** null where its files belong to several, or one has to look at each. */
  ownerOfFolder(folder: string): Distribution | null {
    const [first = ''] = folder.split('/', 1)
    if (first === '' || first === '__pycache__') return null
    const owners = this.#byEntry.has(first) ? [] : this.#ownersOf(first, `${folder}/`)
    return this.#byEntry.get(first) ?? (owners.length === 1 ? (owners[0] ?? null) : null)
  }

  get editables(): readonly Editable[] {
    this.#editables ??= [...this.#linked(), ...this.#egglinks(), ...this.#pathFiles()]
    return this.#editables
  }

  #ownersOf(top: string, path: string): readonly Distribution[] {
    let owners = this.#byTop.get(top)
    if (owners === undefined) {
      owners = this.#sameName(top) ?? this.#claimed(top) ?? this.#recordedBelow(path)
      this.#byTop.set(top, owners)
    }
    return owners
  }

  /** numpy is in `numpy`, its libraries in `numpy.libs`: nothing is read. `azure` is shared by azure-core and others: that takes reading. */
  #sameName(top: string): readonly Distribution[] | null {
    const name = normalise(top.replace(/\.libs$/, ''))
    const found = this.#byName.get(name)
    this.#beginnings ??= new Set([...this.#byName.keys()].flatMap(beginningsOf))
    return found && !this.#beginnings.has(name) ? [found] : null
  }

  #claimed(top: string): readonly Distribution[] | null {
    this.#claims ??= claimsOf(this.#byEntry.values())
    return this.#claims.get(top) ?? this.#claims.get(normalise(top)) ?? null
  }

  #recordedBelow(path: string): readonly Distribution[] {
    const owner = this.#recorded().get(path)
    const start = `${path.split('/', 1)[0]}/`
    if (owner) return [owner]
    // Everybody's bytecode lies there.
    if (start === '__pycache__/') return []
    return [...this.#byEntry.values()].filter(({ files }) => files.some((file) => file.startsWith(start)))
  }

  /** The nearest directory that only one of them writes to, if the file itself was made later. */
  #sharedOwner(path: string, owners: readonly Distribution[]): Distribution | null {
    const files = this.#recorded()
    const source = path.replace(/__pycache__\/([^/.]+)\.[^/]*$/, '$1.py')
    const exact = files.get(path) ?? files.get(source)
    if (exact) return exact
    for (let at = source.lastIndexOf('/'); at > 0; at = source.lastIndexOf('/', at - 1)) {
      const start = source.slice(0, at + 1)
      const near = owners.filter((owner) => owner.files.some((file) => file.startsWith(start)))
      if (near.length > 0) return near[0] ?? null
    }
    return owners[0] ?? null
  }

  #recorded(): ReadonlyMap<string, Distribution> {
    this.#files ??= new Map([...this.#byEntry.values()].flatMap((one) => one.files.map((file) => [file, one] as const)))
    return this.#files
  }

  *#linked(): Iterable<Editable> {
    for (const distribution of this.#byEntry.values()) {
      const root = distribution.editableRoot
      if (root !== null) yield { root, distribution }
    }
  }

  /** `setup.py develop`: the first line of NAME.egg-link is the folder that holds the egg-info. */
  *#egglinks(): Iterable<Editable> {
    for (const entry of this.#probe.list(this.directory as BytePath)) {
      if (!entry.endsWith('.egg-link')) continue
      const text = this.#probe.text(`${this.directory}/${entry}` as BytePath)
      const root = fromBuffer(Buffer.from(text?.split(/\r?\n/, 1)[0]?.trim() ?? ''))
      yield* this.#inFolder(root)
    }
  }

  /** A line of a path file that is a folder with metadata: what old setuptools and some build tools write. */
  *#pathFiles(): Iterable<Editable> {
    for (const entry of this.#probe.list(this.directory as BytePath)) {
      if (!entry.endsWith('.pth')) continue
      const lines = this.#probe.text(`${this.directory}/${entry}` as BytePath)?.split(/\r?\n/) ?? []
      for (const line of lines.filter((one) => one.startsWith('/')))
        yield* this.#inFolder(fromBuffer(Buffer.from(line.trim().replace(/\/$/, ''))))
    }
  }

  *#inFolder(root: BytePath): Iterable<Editable> {
    const inside = this.#probe.list(root).find((name) => name.endsWith('.egg-info'))
    const distribution = inside && Distribution.of(root, inside, this.#probe)
    if (distribution) yield { root, distribution }
  }
}

function claimsOf(all: Iterable<Distribution>): ReadonlyMap<string, readonly Distribution[]> {
  const claims = new Map<string, Distribution[]>()
  for (const one of all) {
    for (const top of one.isEgg ? [] : one.tops) {
      const claimants = claims.get(top)
      if (claimants) claimants.push(one)
      else claims.set(top, [one])
    }
  }
  return claims
}

/** Of `azure-core-tracing`: `azure` and `azure-core`. */
const beginningsOf = (name: string): readonly string[] =>
  [...name.matchAll(/-/g)].map(({ index }) => name.slice(0, index))
