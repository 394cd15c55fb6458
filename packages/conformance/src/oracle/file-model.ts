/** The names in a scratch directory as the calls change them: strace says which name a call used, not whether the file was there before. */
import { lstatSync, readdirSync, readlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'

export interface ModelFile {
  readonly ino: bigint
  /** st_mode's type bits. */
  readonly mode: number
  /** Of a symlink. */
  readonly target: string | null
  links: number
}

export const types = { file: 0o100000, directory: 0o040000, symlink: 0o120000, other: 0o010000 } as const

export class FileModel {
  readonly #roots: string[]
  readonly #names = new Map<string, ModelFile>()
  /** Files that lost a name, by it: the kernel goes on naming an open one so. */
  readonly #nameless = new Map<string, ModelFile>()
  #last = 0n

  constructor(scratch: string) {
    this.#roots = [scratch]
    for (const name of readdirSync(scratch, { recursive: true }) as string[]) {
      const path = join(scratch, name)
      const stat = lstatSync(path)
      this.make(path, stat.mode & 0o170000, stat.isSymbolicLink() ? readlinkSync(path) : null)
    }
  }

  /** A directory that the program has made for itself elsewhere, empty at first. */
  addRoot(path: string): void {
    this.#roots.push(path)
  }

  holds(path: string): boolean {
    return this.#roots.some((root) => path.startsWith(`${root}/`))
  }

  /** Links on the way are followed, the last name is not: as rename, unlink and link take a path. */
  canonical(path: string): string {
    const parts = path.split('/').filter((part) => part && part !== '.')
    let at = ''
    for (let i = 0, followed = 0; i < parts.length; i++) {
      const part = parts[i] as string
      const next = part === '..' ? dirname(at || '/').replace(/^\/$/, '') : `${at}/${part}`
      const target = i < parts.length - 1 ? this.#names.get(next)?.target : null
      if (target && followed++ < 40) {
        parts.splice(0, i + 1, ...target.split('/').filter((one) => one && one !== '.'))
        if (target.startsWith('/')) at = ''
        i = -1
      } else at = next
    }
    return at || '/'
  }

  at(path: string, deleted = false): ModelFile | undefined {
    return deleted ? this.#nameless.get(path) : this.#names.get(path)
  }

  make(path: string, mode: number, target: string | null = null): ModelFile {
    const file = { ino: ++this.#last, mode, target, links: 1 }
    this.#names.set(path, file)
    return file
  }

  makeNameless(path: string): ModelFile {
    const file = { ino: ++this.#last, mode: types.file, target: null, links: 0 }
    this.#nameless.set(path, file)
    return file
  }

  link(path: string, file: ModelFile): void {
    file.links++
    this.#names.set(path, file)
  }

  remove(path: string): ModelFile | undefined {
    const file = this.#names.get(path)
    this.#names.delete(path)
    if (file) this.#nameless.set(path, file)
    if (file) file.links--
    return file
  }

  /** A directory takes everything below it along. */
  move(from: string, to: string): void {
    const moved = [...this.#names].filter(([path]) => path === from || path.startsWith(`${from}/`))
    for (const [path] of moved) this.#names.delete(path)
    for (const [path, file] of moved) this.#names.set(to + path.slice(from.length), file)
  }
}
