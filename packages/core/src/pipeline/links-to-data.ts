/**
 * Symbolic links of the workspace by which a job may have reached what it used: `data -> /mnt/disk/set`. Tracers tell files by the names that they have in
 * the end, and some never learn another; a program that says `data/a.csv` needs the link to be made again.
 */
import { type BytePath, toText } from '../byte-path.ts'
import type { FilePort, StandingLink } from '../ports.ts'
import { relativeTo } from './relative-path.ts'

/** A project has few; a directory full of links is data. */
const mostLinks = 50
/** Directories that are looked into because something that was used lies in them, or beside them. */
const mostBeside = 200
/** And in the search for the link that leads out of the workspace. */
const mostSearched = 2_000

/** Installations: what leads out of them is theirs to make. */
const passedOver = new Set(['.git', '.roar', 'node_modules', 'site-packages', '.venv', 'venv', '__pycache__'])

export interface LinkSearch {
  /** The workspace's, absolute. */
  readonly root: BytePath
  /** Where its processes worked, absolute. */
  readonly workedIn: readonly BytePath[]
  /** What the job used and made, absolute. */
  readonly used: readonly BytePath[]
  /** Links that the job made itself. */
  readonly made: ReadonlySet<BytePath>
}

/** In the order of their paths. */
export function linksToData({ branches }: Pick<FilePort, 'branches'>, search: LinkSearch): readonly StandingLink[] {
  if (!branches || search.used.length === 0) return []
  const { root } = search
  const found = new Map<BytePath, StandingLink>()
  const destinations = new Destinations(search)
  const look = (folder: BytePath): readonly BytePath[] => {
    const { links, folders } = branches(folder)
    for (const link of links) if (destinations.isReachedBy(link)) found.set(link.path, link)
    return folders.filter((one) => !passedOver.has(one.slice(one.lastIndexOf('/') + 1)))
  }
  const near = [root, ...search.workedIn, ...destinations.folders]
  for (const folder of [...new Set(near.filter((one) => isBelow(one, root)))].slice(0, mostBeside)) look(folder)
  const outside = search.used.filter((path) => !isBelow(path, root))
  const reached = [...found.values()].map(({ target }) => target)
  if (outside.some((path) => !reached.some((target) => isBelow(path, target)))) searchAll(root, look)
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1)).slice(0, mostLinks)
}

/** Upper directories first. */
function searchAll(root: BytePath, look: (folder: BytePath) => readonly BytePath[]): void {
  const waiting = [root]
  for (let at = 0; at < waiting.length && at < mostSearched; at++)
    for (const folder of look(waiting[at] as BytePath)) waiting.push(folder)
}

class Destinations {
  readonly #search: LinkSearch
  readonly #folders = new Set<BytePath>()
  #files: ReadonlySet<BytePath> | null = null

  constructor(search: LinkSearch) {
    this.#search = search
    for (const path of search.used) this.#addAbove(path)
  }

  get folders(): Iterable<BytePath> {
    return this.#folders
  }

  /** One that leads above itself, or around the workspace, leads to everything. */
  isReachedBy({ path, target }: StandingLink): boolean {
    const { root, made, used } = this.#search
    if (isBelow(root, target) || isBelow(path, target) || made.has(path)) return false
    if (this.#folders.has(target)) return true
    this.#files ??= new Set(used)
    return this.#files.has(target)
  }

  #addAbove(path: BytePath): void {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end) as BytePath
      if (this.#folders.has(folder)) return
      this.#folders.add(folder)
    }
  }
}

const isBelow = (path: BytePath, folder: BytePath): boolean =>
  folder === '/' || path === folder || path.startsWith(`${folder}/`)

/** Facts of the environment: `link/data` is where it leads, relative to the workspace within it. None of what is not UTF-8. */
export function linkFacts(links: readonly StandingLink[], root: BytePath): Readonly<Record<string, string>> {
  const text = (path: BytePath) => toText(relativeTo(root, path))
  const facts = links.map(({ path, target }) => [text(path), text(target)] as const)
  return Object.fromEntries(facts.flatMap(([name, to]) => (name === null || to === null ? [] : [[`link/${name}`, to]])))
}
