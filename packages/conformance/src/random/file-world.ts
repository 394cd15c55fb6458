/** A directory's files as the kernel keeps them: contents, names for them, and open files that go by one of the names. */

export interface Content {
  /** Of a symlink; null: a regular file. */
  readonly target: string | null
  /** Names from before the program; empty for what it made. */
  readonly original: readonly string[]
  readonly names: Set<string>
  readonly everNames: Set<string>
  size: number
  readAs: string | null
  /** It was empty then. */
  readEmpty: boolean
  /** At the end of the file: whether that is a read is left open. */
  maybeReadAs: string | null
  /** Read, changed, or named by a call: of what only lies in a directory that moves, the disk alone can tell. */
  touched: boolean
  /** Opened for reading by anybody. */
  readable: boolean
  written: boolean
  maybeWritten: boolean
}

/** A directory, by wherever it is now. */
export interface Directory {
  path: string
}

/** A name that moves: open files go along. */
export interface Entry {
  path: string
  readonly content: Content
}

export interface OpenFile {
  readonly entry: Entry
  readonly reads: boolean
  readonly writes: boolean
  readonly appends: boolean
  position: number
}

/** The call's outcome depends on what this model does not follow. */
export class Unpredictable extends Error {}

export class FileWorld {
  readonly #entries = new Map<string, Entry>()
  readonly contents: Content[] = []
  readonly top: Directory = { path: '' }
  /** The only one below; renamed, it is the same one. */
  readonly below: Directory = { path: 'd' }

  constructor(files: Readonly<Record<string, number>>) {
    for (const [path, size] of Object.entries(files)) this.#add(path, size, null, [path])
  }

  get names(): ReadonlySet<string> {
    return new Set(this.#entries.keys())
  }

  at(path: string): Entry | undefined {
    return this.#entries.get(path)
  }

  directory(path: string): Directory | undefined {
    return [this.top, this.below].find((one) => one.path === path)
  }

  /** Whether a file of this name can be made: its directory is there, and it is none itself. */
  hasRoom(path: string): boolean {
    const slash = path.lastIndexOf('/')
    return this.directory(path.slice(0, Math.max(0, slash))) !== undefined && this.directory(path) === undefined
  }

  /** With everything that stands in it. */
  moveDirectory(to: string): void {
    const from = this.below.path
    this.below.path = to
    for (const [path, entry] of [...this.#entries].filter(([path]) => path.startsWith(`${from}/`))) {
      this.unlink(path)
      entry.path = to + path.slice(from.length)
      this.#bind(entry.path, entry)
    }
  }

  make(path: string, target: string | null = null): Entry {
    return this.#add(path, 0, target, [])
  }

  /** Follows symlinks to the last name, which need not exist. Null: a loop. */
  resolve(path: string): string | null {
    for (let hops = 0, at = path; hops < 40; hops++) {
      const target = this.#entries.get(at)?.content.target
      if (target === null || target === undefined) return at
      at = normal(`${at}/../${target}`)
    }
    return null
  }

  link(from: Entry, to: string): void {
    this.#bind(to, { path: to, content: from.content })
  }

  unlink(path: string): void {
    const entry = this.#entries.get(path)
    this.#entries.delete(path)
    entry?.content.names.delete(path)
  }

  rename(from: Entry, to: string): void {
    this.unlink(to)
    this.unlink(from.path)
    from.path = to
    this.#bind(to, from)
  }

  exchange(a: Entry, b: Entry): void {
    const [pathOfA, pathOfB] = [a.path, b.path]
    this.unlink(pathOfA)
    this.unlink(pathOfB)
    a.path = pathOfB
    b.path = pathOfA
    this.#bind(a.path, a)
    this.#bind(b.path, b)
  }

  #add(path: string, size: number, target: string | null, original: readonly string[]): Entry {
    const unread = { readAs: null, readEmpty: false, maybeReadAs: null, touched: false, readable: false }
    const blank = { ...unread, written: false, maybeWritten: false }
    const content: Content = { target, original, names: new Set(), everNames: new Set(), size, ...blank }
    this.contents.push(content)
    const entry = { path, content }
    this.#bind(path, entry)
    return entry
  }

  #bind(path: string, entry: Entry): void {
    this.#entries.set(path, entry)
    entry.content.names.add(path)
    entry.content.everNames.add(path)
  }
}

/** `.` and `..` taken away. */
export function normal(path: string): string {
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '..') parts.pop()
    else if (part && part !== '.') parts.push(part)
  }
  return parts.join('/')
}
