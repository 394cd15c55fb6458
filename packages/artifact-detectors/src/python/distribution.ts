/** One installed distribution, as its metadata describes it (PEP 376, PEP 427, PEP 610; before them setuptools' eggs). */
import { type BytePath, type Detection, formatPackageUrl, type PackageFound, type Probe } from '@roar/core'
import { lastOnce } from '../by-directory.ts'
import { pathKey } from '../owner-index/path-key.ts'
import { entryText, zipEntries } from '../zip/central-directory.ts'
import { readDirectUrl } from './direct-url.ts'
import { isSignpost } from './signpost.ts'

type Package = Extract<Detection, { is: 'package' }>

export interface Named {
  readonly name: string
  readonly version: string | null
  /** Installed from a repository: `git+https://host/project@COMMIT`. */
  readonly vcs?: string
}

/** PEP 503: `Zope.Interface`, `zope_interface` and `zope-interface` are one project. */
export const normalise = (name: string): string => name.toLowerCase().replace(/[-_.]+/g, '-')

/** `numpy-1.26.4.dist-info`, `six-1.16.0-py3.11.egg-info`, `foo-1.0-py3.11-linux-x86_64.egg` */
const metadataName = /^(.+?)(?:-([^-]+))?(?:-py\d[^-]*(?:-.+)?)?\.(dist-info|egg-info|egg)$/

/** Tables in the user's cache: two sites that meet in one share it. */
const places = 4096
const placeOf = lastOnce((directory) => pathKey(directory) % places)

/** `restsOn`: the first so many of its sources. */
interface Made<T> {
  readonly value: T
  readonly restsOn: number
}

export class Distribution {
  readonly directory: string
  readonly entry: string
  readonly #probe: Probe
  readonly #fromEntry: Named
  readonly #kind: string
  #named: Named | undefined
  #tops: readonly string[] | undefined
  #files: readonly string[] | undefined
  #digests: ReadonlyMap<string, string> | undefined
  #record: BytePath | null | undefined
  #package: Package | undefined
  #incidental: Package | undefined
  #inPlace: PackageFound | undefined

  /** null for an entry of a site that is no metadata. */
  static of(directory: string, entry: string, probe: Probe): Distribution | null {
    // Most entries of a site are none: they are told by their last letters.
    const parts = /(?:-info|\.egg)$/.test(entry) ? metadataName.exec(entry) : null
    return parts ? new Distribution(directory, entry, parts, probe) : null
  }

  private constructor(
    directory: string,
    entry: string,
    [, name = '', version, kind = '']: RegExpExecArray,
    probe: Probe,
  ) {
    this.directory = directory
    this.entry = entry
    this.#probe = probe
    this.#kind = kind
    this.#fromEntry = { name: normalise(name), version: version ?? null }
  }

  get isEgg(): boolean {
    return this.#kind === 'egg'
  }

  /** As in the entry's name: enough to find it, no file is read. */
  get listedName(): string {
    return this.#fromEntry.name
  }

  /** One object for all files; its metadata alone is read by whoever lists what is installed, and signposts to it whenever Python starts. */
  packageFor(path: string): Package {
    const location = this.#at()
    const found = this.#package ?? this.#found(location)
    this.#package = found
    const isMetadata = !this.isEgg && path.startsWith(location) && path[location.length] === '/'
    if (!isMetadata && !isSignpost(path, this.#probe)) return found
    this.#incidental ??= { ...found, incidental: true }
    return this.#incidental
  }

  #found(location: BytePath): Package {
    const { name, version, vcs } = this.named
    const purl = vcs && formatPackageUrl({ type: 'pypi', name, version, qualifiers: { vcs_url: vcs } })
    return { is: 'package', ecosystem: 'pypi', package: name, version, ...(purl && { purl }), location }
  }

  /** As a project that is installed in place. `root`: relative to the workspace within it, `.` for itself; else absolute. */
  inPlace(root: string): PackageFound {
    this.#inPlace ??= this.#foundInPlace(root)
    return this.#inPlace
  }

  #foundInPlace(root: string): PackageFound {
    const { name, version } = this.named
    const purl = formatPackageUrl({ type: 'pypi', name, version, qualifiers: { editable: root } })
    return { ecosystem: 'pypi', package: name, version, purl, location: this.#at() }
  }

  /** Where the digests of its files stand, if anybody wrote them down: whether it is there, shows when it is read. */
  get record(): BytePath | null {
    this.#record ??= this.#kind === 'dist-info' ? this.#at('RECORD') : null
    return this.#record
  }

  /** SHA-256 in hex by path, as seen from the site. https://packaging.python.org/en/latest/specifications/recording-installed-packages */
  get digests(): ReadonlyMap<string, string> {
    this.#digests ??= new Map(
      lines(this.#text('RECORD') ?? '').flatMap((line) => {
        const [, quoted, plain = '', digest] = /^(?:"((?:[^"]|"")*)"|([^,]*)),sha256=([\w-]+)/.exec(line) ?? []
        return digest
          ? [[quoted?.replaceAll('""', '"') ?? plain, Buffer.from(digest, 'base64url').toString('hex')]]
          : []
      }),
    )
    return this.#digests
  }

  /** As in the metadata. */
  get named(): Named {
    this.#named ??= this.#keptNamed()
    return this.#named
  }

  /** Importable names: of a namespace package (`google`) many distributions say that it is theirs. */
  get tops(): readonly string[] {
    this.#tops ??= this.#keptTops()
    return this.#tops
  }

  /** Relative to the site. Empty where nobody wrote it down. */
  get files(): readonly string[] {
    this.#files ??= this.#readFiles()
    return this.#files
  }

  /** Where the sources of an editable installation lie. */
  get editableRoot(): BytePath | null {
    return this.#directUrl()?.root ?? null
  }

  #directUrl() {
    const text = this.#kind === 'dist-info' ? this.#text('direct_url.json') : null
    return text === null ? null : readDirectUrl(text)
  }

  #keptNamed(): Named {
    // What an egg says lies within a zip file, mostly.
    if (this.isEgg) return this.#readHeaders()
    const sources = this.#kind === 'dist-info' ? [this.#at('METADATA')] : [this.#at('PKG-INFO'), this.#at()]
    return this.#kept('names', sources, () => ({ value: this.#readHeaders(), restsOn: sources.length }))
  }

  /** Whoever has the first of these is not asked for the others: hundreds of looks less. */
  #keptTops(): readonly string[] {
    const at = this.#at()
    const sources = [`${at}/top_level.txt`, `${at}/RECORD`, `${at}/installed-files.txt`] as string[] as BytePath[]
    return this.#kept('tops', sources, () => this.#readTops())
  }

  /** Kept between runs, for all distributions of a site together. */
  #kept<T>(what: string, sources: readonly BytePath[], make: () => Made<T>): T {
    const name = `python-${what}-3-${placeOf(this.directory)}`
    const text = this.#probe.derivedText?.(name, sources, () => {
      const { value, restsOn } = make()
      return { text: JSON.stringify(value), restsOn }
    })
    try {
      return text === undefined ? make().value : JSON.parse(text)
    } catch {
      return make().value
    }
  }

  #at(file = ''): BytePath {
    return `${this.directory}/${this.entry}${file && `/${file}`}` as BytePath
  }

  #readHeaders(): Named {
    const file = { 'dist-info': '/METADATA', 'egg-info': '/PKG-INFO', egg: '/EGG-INFO/PKG-INFO' }[this.#kind] ?? ''
    // The two stand at the top; classifiers and the description behind them can be long.
    const first = this.#head(file, 4 * 1024) ?? ''
    const short = namedIn(first.slice(0, first.lastIndexOf('\n') + 1))
    const { name, version } = short.name && short.version ? short : namedIn(this.#head(file) ?? this.#alone())
    const vcs = this.#directUrl()?.vcs
    const own = { name: name ? normalise(name) : this.#fromEntry.name, version: version ?? this.#fromEntry.version }
    return vcs ? { ...own, vcs } : own
  }

  /** An egg-info, and an egg, may be one file. */
  #alone(): string | null {
    if (this.#kind === 'egg-info') return this.#head('')
    return this.#kind === 'egg' ? this.#zipped() : null
  }

  #readTops(): Made<readonly string[]> {
    const listed = this.#text('top_level.txt')?.split(/\s+/).filter(Boolean)
    if (listed?.length) return { value: listed, restsOn: 1 }
    const tops = [...new Set(this.files.map(topOf))].filter((top) => top !== '..' && !top.endsWith('-info'))
    const value = tops.length > 0 ? tops : [this.#fromEntry.name.replaceAll('-', '_')]
    return { value, restsOn: this.#text('RECORD') === null ? 3 : 2 }
  }

  #readFiles(): readonly string[] {
    const record = this.#text('RECORD')
    if (record !== null)
      return lines(record)
        .map((line) => /^(?:"((?:[^"]|"")*)"|([^,]*))/.exec(line))
        .map((at) => at?.[1]?.replaceAll('""', '"') ?? at?.[2] ?? '')
    // setuptools wrote these as seen from the egg-info directory.
    return lines(this.#text('installed-files.txt') ?? '').map((line) =>
      line.startsWith('../') ? line.slice(3) : `${this.entry}/${line}`,
    )
  }

  /** Records of a distribution with many files are long: torch has 20,000. */
  #text(file: string): string | null {
    return this.#probe.text(`${this.directory}/${this.entry}/${file}` as BytePath, 64 << 20)
  }

  #zipped(): string | null {
    const path = `${this.directory}/${this.entry}` as BytePath
    const entry = zipEntries({ path, from: 0, length: null }, this.#probe).find(
      ({ name }) => name === 'EGG-INFO/PKG-INFO',
    )
    return entry ? entryText(path, entry, this.#probe) : null
  }

  #head(file: string, length = 64 * 1024): string | null {
    const bytes = this.#probe.head(`${this.directory}/${this.entry}${file}` as BytePath, length)
    return bytes && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  }
}

function namedIn(text: string | null): { readonly name?: string | undefined; readonly version?: string | undefined } {
  const headers = text?.split(/\r?\n\r?\n/, 1)[0] ?? ''
  return {
    name: /^Name:[ \t]*(\S+)/im.exec(headers)?.[1],
    version: /^Version:[ \t]*(\S+)/im.exec(headers)?.[1],
  }
}

const lines = (text: string): readonly string[] => text.split(/\r?\n/).filter(Boolean)

/** The importable name of a path in a site: `six.py`, `six/x.py`, `_yaml.cpython-311-x86_64-linux-gnu.so`, `__pycache__/six.cpython-311.pyc`. */
export function topOf(path: string): string {
  const [first = '', second] = path.split('/', 2)
  if (first === '__pycache__' && second !== undefined) return topOf(second)
  return second === undefined
    ? first.replace(/\.(?:py[ciwd]?|(?:[\w-]+\.)?(?:so|pyd)|(?:cpython|pypy)\S*)$/, '')
    : first
}
