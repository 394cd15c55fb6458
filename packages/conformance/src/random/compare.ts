/** The record of a program against what must be in it. */
import type { Content } from './file-world.ts'
import type { Prediction } from './predict.ts'

/** What a back end may not be asked for. */
export interface Tolerance {
  /** It concludes reads from counters: what was opened for reading may be taken for read, and an empty file's reading may be missed. */
  readonly infersReads?: boolean
}

/** Empty when the record is true. `lines`: `in a`, `out n`, `del b` and others. */
export function differences(prediction: Prediction, lines: readonly string[], tolerance: Tolerance = {}): string[] {
  const files = prediction.contents.filter((content) => content.target === null)
  return [
    ...ofInputs(files, taken(lines, 'in'), tolerance),
    ...ofOutputs(files, taken(lines, 'out')),
    ...ofDeleted(prediction, taken(lines, 'del')),
  ]
}

const taken = (lines: readonly string[], word: string): Set<string> =>
  new Set(lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1)))

const wasThere = (content: Content): boolean => content.original.length > 0

/** A name that was gone is told below whatever its directory is called by then. */
function inputPath(content: Content, lines: ReadonlySet<string>): string | null {
  const path = content.readAs ?? content.maybeReadAs
  if (path === null || lines.has(path)) return path
  const [directory, base] = path.split('/')
  const moved = base === undefined ? path : `${directory === 'd' ? 'e' : 'd'}/${base}`
  return content.names.size === 0 && lines.has(moved) ? moved : null
}

function ofInputs(files: readonly Content[], reported: Set<string>, tolerance: Tolerance): string[] {
  const problems: string[] = []
  // Two contents may have been read under one name, one after the other: that is one line.
  const lines = new Set(reported)
  for (const content of files.filter(wasThere)) {
    const path = inputPath(content, lines)
    if (path !== null) {
      reported.delete(path)
      continue
    }
    if (content.readAs !== null && !(tolerance.infersReads && content.readEmpty))
      problems.push(`in ${content.readAs} is missing`)
    if (tolerance.infersReads && content.readable) for (const name of content.everNames) reported.delete(name)
  }
  return [...problems, ...[...reported].map((path) => `in ${path} is invented`)]
}

/** Made, changed, or moved: a name that it did not have, and one gone that it had. */
function isOutput(content: Content): boolean | null {
  if (content.names.size === 0) return false
  if (!wasThere(content) || content.written) return true
  const fresh = [...content.names].some((name) => !content.original.includes(name))
  const gone = content.original.some((name) => !content.names.has(name))
  if (fresh && gone) return content.touched ? true : null
  return content.maybeWritten ? null : false
}

function ofOutputs(files: readonly Content[], reported: Set<string>): string[] {
  const problems: string[] = []
  for (const content of files) {
    const names = [...content.names].filter((name) => reported.delete(name))
    const expected = isOutput(content)
    if (expected === true && names.length === 0) problems.push(`out ${[...content.names].join(' or ')} is missing`)
    if (expected === false && names.length > 0) problems.push(`out ${names.join(' and ')} is invented`)
    if (names.length > 1) problems.push(`out ${names.join(' and ')} are one content`)
  }
  return [...problems, ...[...reported].map((path) => `out ${path} is invented`)]
}

const onlyMoved = (prediction: Prediction, path: string): boolean =>
  prediction.contents.some((content) => content.original.includes(path) && !content.touched && content.names.size > 0)

function ofDeleted(prediction: Prediction, reported: Set<string>): string[] {
  const missing = prediction.deleted.filter((path) => !reported.delete(path) && !onlyMoved(prediction, path))
  // A directory's own name may be told too.
  for (const path of [...prediction.maybeDeleted, 'd', 'e']) reported.delete(path)
  return [...missing.map((path) => `del ${path} is missing`), ...[...reported].map((path) => `del ${path} is invented`)]
}
