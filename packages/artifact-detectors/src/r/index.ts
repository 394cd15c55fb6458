/** Packages of R: a folder each in a library, with the description that R completed when it installed them ("Writing R Extensions", 1.1.1). */
import type { ArtifactDetector, BytePath, Detection, Probe } from '@roar/core'
import { baseName, byDirectory } from '../by-directory.ts'

type Package = Extract<Detection, { is: 'package' }>

/** `/usr/lib/R/library/stats`, `~/R/x86_64-pc-linux-gnu-library/4.2/dplyr`, `renv/library/R-4.2/x86_64-pc-linux-gnu/dplyr` */
const inLibrary = /^.*?\/(?:site-library|library|[\w.-]+-library)\/(?:[^/]+\/){0,4}?([A-Za-z][A-Za-z0-9.]+)(?=\/|$)/
/** A library may be called as one likes (R_LIBS_USER, `lib =`, packrat): then a package is known by the folders that R makes in it. */
const madeByR = /^(.*)\/(?:R|Meta|libs|data|help|html|extdata)(?=\/|$)/
const marks = ['library/', '/R/', '/Meta/', '/libs/', '/data/', '/help/', '/html/', '/extdata/']

export function createRDetector(): ArtifactDetector {
  let probe: Probe
  const packageOf = byDirectory((directory) => packageAt(directory, probe))
  const sums = new Map<string, ReadonlyMap<string, string>>()
  return {
    name: 'r',
    lockFiles: { cran: ['renv.lock', 'packrat/packrat.lock', 'DESCRIPTION'] },
    marks,
    inDirectory(directory, asked) {
      probe = asked
      return packageOf(`${directory}/`) === null ? 'none' : null
    },
    detect({ path }, asked) {
      probe = asked
      const found = packageOf(path)
      if (!found) return null
      // What is installed is listed by its descriptions.
      return baseName(path) === 'DESCRIPTION' || path.includes('/Meta/') ? { ...found, incidental: true } : found
    },
    recorded(path, asked) {
      probe = asked
      const location = packageOf(path)?.location
      const record = `${location}/MD5` as BytePath
      if (location === undefined || !asked.exists(record)) return null
      return {
        file: path,
        record,
        expected() {
          const known = sums.get(record) ?? md5List(asked.text(record) ?? '')
          sums.set(record, known)
          const digest = known.get(path.slice(location.length + 1))
          return digest ? { algorithm: 'md5', digest } : null
        },
      }
    },
  }
}

/** The folder itself is asked for its description: between a library and its packages may be others. */
function packageAt(directory: string, probe: Probe): Package | null {
  if (!inLibrary.test(directory)) return installedAt(madeByR.exec(directory)?.[1], probe)
  const start = directory.search(/library\//) + 7
  for (let end = directory.indexOf('/', start + 1); ; end = directory.indexOf('/', end + 1)) {
    const found = installedAt(end < 0 ? directory : directory.slice(0, end), probe)
    if (found || end < 0) return found
  }
}

function installedAt(location: string | undefined, probe: Probe): Package | null {
  const text = location === undefined ? null : probe.text(`${location}/DESCRIPTION` as BytePath)
  return text === null ? null : described(text, location as BytePath)
}

/** `Built` stands in installed ones alone. Those that are R itself have R's version. */
function described(text: string, location: BytePath): Package | null {
  const field = (name: string): string | null => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(text)?.[1] ?? null
  const name = field('Package')
  if (name === null || field('Built') === null) return null
  const version = field('Version')
  if (field('Priority') === 'base')
    return { is: 'package', ecosystem: 'r', package: 'r', version, location: parent(location) }
  return { is: 'package', ecosystem: 'cran', package: name, version, location }
}

const parent = (path: BytePath): BytePath => path.slice(0, path.lastIndexOf('/')) as BytePath

/** `0123… *R/dplyr.rdb`, in packages that came built. */
const md5List = (text: string): ReadonlyMap<string, string> =>
  new Map([...text.matchAll(/^([0-9a-f]{32}) [ *](.+)$/gm)].map(([, sum = '', file = '']) => [file, sum]))
