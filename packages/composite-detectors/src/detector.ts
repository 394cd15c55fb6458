/** Finds what a file is a member of: the outermost directory that some format knows, else a set of files beside each other. */
import type { ArtifactDetector, BytePath, CompositeFound, CompositeMembers, Probe } from '@roar/core'
import { Directory } from './directory.ts'
import type { Format } from './format.ts'
import { formats } from './formats.ts'

const ofAnyName = formats.filter((one) => one.hasAnyName)

export function createCompositeDetector(): ArtifactDetector {
  let finder: Finder | null = null
  const finderFor = (probe: Probe): Finder => {
    // A new probe is a new look: directories have been made since.
    if (finder?.probe !== probe) finder = new Finder(probe)
    return finder
  }
  return {
    name: 'composite',
    detect: ({ path }, probe) => finderFor(probe).find(path),
    describe: (found, paths, probe) => describe(found, paths, probe),
  }
}

class Finder {
  readonly probe: Probe
  readonly #roots = new Map<string, CompositeFound | null>()
  readonly #families = new Map<string, CompositeFound>()
  readonly #directories = new Map<string, Directory>()
  #last = ''
  #lastRoot: CompositeFound | null = null

  constructor(probe: Probe) {
    this.probe = probe
  }

  find(path: BytePath): CompositeFound | null {
    const cut = path.lastIndexOf('/')
    if (cut <= 0) return null
    // Neighbours come one after the other.
    if (cut !== this.#last.length || !path.startsWith(this.#last)) {
      this.#last = path.slice(0, cut)
      this.#lastRoot = this.#rootAbove(this.#last)
    }
    return this.#lastRoot ?? this.#family(path.slice(cut + 1), this.#last)
  }

  #rootAbove(directory: string): CompositeFound | null {
    const known = this.#roots.get(directory)
    if (known !== undefined) return known
    const above = directory.lastIndexOf('/')
    const outer = above > 0 ? this.#rootAbove(directory.slice(0, above)) : null
    const found = outer ?? (this.#isPlace(directory) ? this.#rootAt(directory) : null)
    this.#roots.set(directory, found)
    return found
  }

  /** Where people keep all kinds of things is never one thing. */
  #isPlace(directory: string): boolean {
    const { workspace, home, temporary } = this.probe
    const isAbove = (place: string | null): boolean => place !== null && `${place}/`.startsWith(`${directory}/`)
    return !isAbove(workspace) && !isAbove(home) && !temporary.some(isAbove)
  }

  #rootAt(directory: string): CompositeFound | null {
    const at = this.#directory(directory)
    const format = formats.find((one) => one.isRoot?.(at))
    for (const one of formats) one.glance?.(at)
    at.forget()
    // Whether it is whole is said when its members are known.
    return format ? { is: 'composite', root: at.path, format: format.name, complete: true } : null
  }

  #family(name: string, directory: string): CompositeFound | null {
    const isPlain = !name.includes('.') && !name.includes('-of-')
    const at = this.#directory(directory)
    for (const format of isPlain ? ofAnyName : formats) {
      const family = format.family?.(name, at)
      if (family) return this.#familyOf(format, at, family, name)
    }
    return null
  }

  #familyOf(format: Format, at: Directory, family: string, member: string): CompositeFound {
    const { path: root } = at
    const name = `${root}/${family}` as BytePath
    const known = this.#families.get(name)
    if (known) return known
    const counted = format.isCounted?.(member, at) === true && { counted: true }
    const found: CompositeFound = { is: 'composite', root, format: format.name, complete: true, name, ...counted }
    this.#families.set(name, found)
    return found
  }

  #directory(path: string): Directory {
    const known = this.#directories.get(path) ?? new Directory(path as BytePath, this.probe)
    this.#directories.set(path, known)
    return known
  }
}

function describe(found: CompositeFound, paths: readonly BytePath[], probe: Probe): CompositeMembers {
  const format = formats.find((one) => one.name === found.format)
  const family = found.name === undefined ? null : found.name.slice(found.root.length + 1)
  return format?.members?.(paths, new Directory(found.root, probe), family) ?? { members: null, incomplete: null }
}
