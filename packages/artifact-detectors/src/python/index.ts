/** Python's standard library and the distributions installed for it: named with their versions, not listed file by file. */
import {
  type ArtifactDetector,
  type BytePath,
  type Candidate,
  type Detection,
  type PackageFound,
  type PackageRecord,
  type Probe,
  toText,
} from '@roar/core'
import { baseName, byDirectory, extension, isWithin } from '../by-directory.ts'
import { sourceOf } from '../owner-index/owner-index.ts'
import { type Distribution, normalise, topOf } from './distribution.ts'
import {
  environmentPython,
  interpreterFile,
  isEnvironment,
  type Package,
  pythonsIn,
  standardLibrary,
} from './interpreter.ts'
import { type Editable, Site } from './site.ts'

/** Python's own folders first: a project may be called site-packages, and a package may have such a folder inside. */
const ownSite = /^.*?\/lib(?:32|64)?\/(?:python|pypy)[^/]*\/(?:site|dist)-packages(?=\/|$)/
const anySite = /^.*\/(?:site|dist)-packages(?=\/|$)/
const modules = new Set(['py', 'pyc', 'pyi', 'pyd', 'so', 'pth'])
const lockNames = (
  'uv.lock poetry.lock pdm.lock Pipfile.lock pixi.lock pylock.toml requirements.lock requirements.txt pyproject.toml setup.cfg setup.py ' +
  'environment.yml environment.yaml conda-lock.yml .python-version'
).split(' ')
/** What wheels install beside the library. */
const besideLibrary = /\/(?:bin|share|etc|include)(?=\/|$)/g

export function createPythonDetector(): ArtifactDetector {
  const installed = new Installed()
  return {
    name: 'python',
    lockFiles: { pypi: lockNames },
    inDirectory: (directory, probe) => installed.allIn(directory, probe),
    detect: (candidate, probe) => installed.detect(candidate, probe),
    packagesOf: (candidate, probe) =>
      candidate.path.endsWith('.whl') ? inWheel(candidate.path) : installed.editablesOf(candidate, probe),
    recorded: (path, probe) => installed.recorded(path, probe),
  }
}

/** What is the same for all files of a directory. */
interface Surroundings {
  readonly site: Site | null
  readonly owner: Distribution | null
  /** Whose all of them are. */
  readonly known: Package | null
  /** Installations whose `bin`, `share`, … it may lie in. */
  readonly prefixes: readonly string[]
}

class Installed {
  readonly #sites = new Map<string, Site>()
  #probe!: Probe
  readonly #surroundings = byDirectory((directory) => this.#look(directory))
  readonly #target = byDirectory((directory) => this.#findTarget(directory))

  detect({ path }: Candidate, probe: Probe): Detection | null {
    this.#probe = probe
    const { site, known, prefixes } = this.#surroundings(path)
    if (known) return known
    if (site) return inSite(site, path)
    const name = baseName(path)
    return this.#beside(path, name, prefixes) ?? (modules.has(extension(name)) ? this.#module(path) : null)
  }

  /**
   * Modules of an editable installation have no record that they could be compared with, and those of the workspace are the project's own: they are inputs,
   * and named all the same.
   */
  editablesOf({ path }: Candidate, probe: Probe): readonly PackageFound[] {
    this.#probe = probe
    if (!modules.has(extension(baseName(path)))) return []
    const { site, known } = this.#surroundings(path)
    const found = site || known ? null : this.#editable(path)
    if (found === null) return []
    const { workspace } = probe
    const isOwn = workspace !== null && isWithin(found.root, workspace)
    const isNone = isOwn ? !mayImport(found, path) : workspace !== null && isWithin(path, workspace)
    if (isNone) return []
    const root = isOwn ? found.root.slice(workspace.length + 1) || '.' : found.root
    return [found.distribution.inPlace(toText(root as BytePath) ?? '.')]
  }

  allIn(directory: string, probe: Probe): Detection | null {
    this.#probe = probe
    return this.#surroundings(`${directory}/`).known
  }

  recorded(path: BytePath, probe: Probe): PackageRecord | null {
    this.#probe = probe
    const file = sourceOf(path)
    const { site, owner: ofAll } = this.#surroundings(file)
    if (site === null) return null
    const start = site.directory.length + 1
    const owner = ofAll ?? site.ownerOf(file.slice(start))
    const record = owner?.record ?? null
    if (owner === null || record === null) return null
    return {
      file,
      record,
      expected() {
        const digest = owner.digests.get(file.slice(start))
        return digest ? { algorithm: 'sha256', digest } : null
      },
    }
  }

  #look(directory: string): Surroundings {
    const site = this.#findSite(directory)
    if (site === null)
      return {
        ...{ site, owner: null, known: standardLibrary(directory, this.#probe) },
        prefixes: this.#findPrefixes(directory),
      }
    const owner = site.ownerOfFolder(directory.slice(site.directory.length + 1))
    return { site, owner, known: owner?.packageFor(`${directory}/`) ?? null, prefixes: [] }
  }

  #findSite(directory: string): Site | null {
    const found = ownSite.exec(directory) ?? anySite.exec(directory)
    return found === null ? null : this.#site(found[0])
  }

  #site(directory: string): Site {
    const known = this.#sites.get(directory) ?? new Site(directory, this.#probe)
    this.#sites.set(directory, known)
    return known
  }

  /** Programs, settings and scripts of an installation or a virtual environment. */
  #beside(path: string, name: string, prefixes: readonly string[]): Package | null {
    if (name === 'pyvenv.cfg') return environmentPython(path.slice(0, -name.length - 1), this.#probe)
    const interpreter = /^(?:py|lib|idle|2to3)/.test(name) ? interpreterFile(path, this.#probe) : null
    if (interpreter) return interpreter
    for (const prefix of prefixes) {
      const owner = this.#scriptOwner(prefix, path)
      if (owner) return owner.packageFor(path)
      // `activate` and its like.
      if (isWithin(path, `${prefix}/bin`) && isEnvironment(prefix, this.#probe))
        return environmentPython(prefix, this.#probe)
    }
    return null
  }

  #findPrefixes(directory: string): readonly string[] {
    const above = [...directory.matchAll(besideLibrary)].map(({ index }) => directory.slice(0, index))
    return above.filter((prefix) => prefix !== '' && prefix !== '/usr' && pythonsIn(prefix, this.#probe).length > 0)
  }

  #scriptOwner(prefix: string, path: string): Distribution | null {
    for (const python of pythonsIn(prefix, this.#probe)) {
      const site = this.#site(
        `${python}/${prefix === '/usr/local' && isDebian(python, this.#probe) ? 'dist' : 'site'}-packages`,
      )
      const owner = site.ownerOf(`../../../${path.slice(prefix.length + 1)}`)
      if (owner) return owner
    }
    return null
  }

  /** A module outside of any site: of `pip install --target`. What is in the workspace is the project's own. */
  #module(path: BytePath): Package | null {
    const target = this.#target(path)
    const owner = target?.ownerOf(path.slice(target.directory.length + 1))
    return owner ? owner.packageFor(path) : null
  }

  /** The nearest: projects lie within each other. */
  #editable(path: string): Editable | null {
    this.#workspaceSites()
    let nearest: Editable | null = null
    for (const site of this.#sites.values())
      for (const one of site.editables)
        if (isWithin(path, one.root) && one.root.length > (nearest?.root.length ?? -1)) nearest = one
    return nearest
  }

  /** Python reads its sites before any module; but the files may be asked for in another order. */
  #workspaceSites(): void {
    const { workspace } = this.#probe
    for (const name of workspace === null ? [] : ['.venv', 'venv', 'env'])
      for (const python of pythonsIn(`${workspace}/${name}`, this.#probe)) this.#site(`${python}/site-packages`)
    for (const name of workspace === null ? [] : this.#probe.list(`${workspace}/.pixi/envs` as BytePath))
      for (const python of pythonsIn(`${workspace}/.pixi/envs/${name}`, this.#probe))
        this.#site(`${python}/site-packages`)
  }

  #findTarget(directory: string): Site | null {
    const { workspace, home, temporary } = this.#probe
    const limits = new Set<string>(['', home, ...temporary, workspace ?? ''])
    for (let at = directory; !limits.has(at); at = at.slice(0, at.lastIndexOf('/'))) {
      if (this.#probe.list(at as BytePath).some((name) => name.endsWith('.dist-info'))) return this.#site(at)
    }
    return null
  }
}

const isDebian = (python: string, probe: Probe): boolean => probe.exists(`${python}/dist-packages` as BytePath)

/** A script beside the package is none of its modules. The sources lie in the project's folder, or in one below it. */
function mayImport({ root, distribution }: Editable, path: string): boolean {
  const names = distribution.tops.filter((name) => !/^__editable__|\.pth$/.test(name))
  const [first = '', ...rest] = path.slice(root.length + 1).split('/')
  // Poetry and Hatch write no names down.
  if (names.length === 0) return rest.length > 0
  const tops = [[first, ...rest], rest].filter((parts) => parts.length > 0).map((parts) => topOf(parts.join('/')))
  return tops.some((top) => names.includes(top))
}

/** https://packaging.python.org/en/latest/specifications/binary-distribution-format: its name tells. Python imports from one as it lies there. */
function inWheel(path: BytePath): readonly PackageFound[] {
  const [, name, version] = /^([\w.]+)-([^-]+)(?:-\d[^-]*)?-[^-]+-[^-]+-[^-]+\.whl$/.exec(baseName(path)) ?? []
  return name === undefined || version === undefined
    ? []
    : [{ ecosystem: 'pypi', package: normalise(name), version, location: path }]
}

/** null for a loose file that somebody put there; but bytecode and path files are never anybody's data. */
function inSite(site: Site, path: string): Detection | null {
  const inside = path.slice(site.directory.length + 1)
  const owner = site.ownerOf(inside)
  if (owner) return owner.packageFor(path)
  return /\.(?:pth|egg-link)$/.test(inside) ? { is: 'ignored', why: 'Python path file' } : null
}
