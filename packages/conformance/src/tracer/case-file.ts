/** The cases as files: one small program each, its terms in the comment lines at its head. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { packageRoot } from '../package-root.ts'

/** The columns of the case list: what sees from the kernel, from inside the process, from a supervising process; H from both of the latter. */
export type Column = 'E' | 'P' | 'T' | 'H'
/** `Y` must be seen. `H` (only with a further measure) and `N`: seen exactly, or announced by a gap code. */
export type Duty = 'Y' | 'H' | 'N'

export interface CaseFile {
  /** `open-07`: stable, never renumbered. */
  readonly id: string
  readonly title: string
  readonly path: string
  readonly language: (typeof languages)[number]
  readonly duty: Readonly<Record<Column, Duty>>
  /** Gap codes that are an honest answer where the duty is not `Y`. */
  readonly gaps: readonly string[]
  readonly needs: readonly string[]
  /** Files of the setting beyond a, b and d/x: `name=content`, `name/`, `name->target`. */
  readonly files: readonly string[]
  /** A compiler with flags of its own (`cc -static`): the case is about what it makes, and skipped where it is absent. */
  readonly compiler: string | null
  /** Compiler flags. */
  readonly flags: readonly string[]
  /** A shared library made of the same source with -DLIBRARY, placed in the scratch directory. */
  readonly library: string | null
  /** The program is linked against `library`. */
  readonly linked: boolean
  /** Runs in a row of a normal suite; long cases say 1. */
  readonly repeat: number | null
  /** Names in the scratch directory: what the command is started with, instead of nothing and a pipe. */
  readonly stdin: string | null
  readonly stdout: string | null
}

export const casesDirectory = join(packageRoot, 'cases')
const languages = ['c', 'go', 'rs', 'java', 'sh', 'bash', 'py', 'rb', 'mjs', 'pl'] as const

/** Every case below a directory, by group and number. */
export function readCases(directory = casesDirectory): CaseFile[] {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
  return files
    .filter((file) => file.isFile() && /^[a-z]+-\d+\./.test(file.name))
    .map((file) => readCase(join(file.parentPath, file.name)))
    .sort((x, y) => (x.path < y.path ? -1 : 1))
}

export function readCase(path: string): CaseFile {
  const terms = readTerms(readFileSync(path, 'utf8'))
  const id = basename(path, extname(path))
  const language = languages.find((one) => `.${one}` === extname(path))
  const title = terms.get('title')
  if (!language || !title) throw new Error(`${path}: a case needs a known language and a title`)
  const words = (key: string) => terms.get(key)?.split(/\s+/).filter(Boolean) ?? []
  return {
    id,
    title,
    path,
    language,
    duty: readDuty(words('owed')),
    gaps: words('gaps'),
    needs: words('needs'),
    files: words('files'),
    compiler: terms.get('compiler') ?? null,
    flags: words('flags'),
    library: terms.get('library') ?? terms.get('linked') ?? null,
    linked: terms.has('linked'),
    repeat: terms.has('repeat') ? Number(terms.get('repeat')) : null,
    stdin: terms.get('stdin') ?? null,
    stdout: terms.get('stdout') ?? null,
  }
}

/** `key: value` in the comment lines before the first line of code. */
function readTerms(source: string): Map<string, string> {
  const terms = new Map<string, string>()
  for (const line of source.split('\n')) {
    if (!/^(\/\/|#)/.test(line)) break
    const term = /^(?:\/\/|#)\s*([a-z]+):\s*(.*)$/.exec(line)
    if (term) terms.set(term[1] as string, (term[2] as string).trim())
  }
  return terms
}

function readDuty(words: readonly string[]): Record<Column, Duty> {
  const duty: Record<'E' | 'P' | 'T', Duty> & { H?: Duty } = { E: 'Y', P: 'Y', T: 'Y' }
  for (const word of words) duty[word[0] as Column] = word.slice(2) as Duty
  const more = [duty.P, duty.T]
  return { ...duty, H: duty.H ?? (['Y', 'H', 'N'] as const).find((one) => more.includes(one)) ?? 'Y' }
}

/** `io-*,name-07`: globs over ids, separated by commas. No pattern takes all. */
export function filterCases(cases: readonly CaseFile[], patterns: string | undefined): CaseFile[] {
  if (!patterns) return [...cases]
  const accepted = patterns.split(',').map((one) => new RegExp(`^${one.trim().replaceAll('*', '.*')}$`))
  return cases.filter(({ id }) => accepted.some((pattern) => pattern.test(id)))
}
