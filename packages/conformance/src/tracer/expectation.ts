/** What a case says about itself: one line a fact, written by the program while it runs. */

export interface ExpectedFact {
  /** Process id, or null for any process. */
  readonly pid: number | null
  /** `R a`, `M a>c`. */
  readonly text: string
  /** In brackets: may be reported or not. */
  readonly optional: boolean
}

export interface Expectation {
  readonly facts: readonly ExpectedFact[]
  /** `in a`, `out n`, `name s>a`; without a single one the job is not compared. */
  readonly job: readonly { readonly text: string; readonly optional: boolean }[]
  /** `most 2 a`: no more than so many records name the path. */
  readonly limits: readonly { readonly most: number; readonly path: string }[]
  /** `still 4711`: this process lives on when the command has ended. */
  readonly still: readonly number[]
  /** `ended 4711 3`: this process ended with status 3. */
  readonly ended: readonly { readonly pid: number; readonly status: number }[]
  /** `born 4712 4711`: the process 4712 was started by 4711. */
  readonly born: readonly { readonly pid: number; readonly parent: number }[]
  /** `root m /dev/shm/…`: a further directory of the case, compared as if it were m in the scratch directory. */
  readonly roots: readonly Root[]
}

export interface Root {
  /** Empty for the scratch directory itself. */
  readonly name: string
  /** Absolute, canonical, one character a byte. */
  readonly path: string
}

/** The name by which a case knows a path; null outside its directories. */
export function nameIn(roots: readonly Root[], path: string): string | null {
  const root = roots.find((one) => path.startsWith(`${one.path}/`))
  if (!root) return null
  const inside = path.slice(root.path.length + 1)
  return quotePath(root.name ? `${root.name}/${inside}` : inside)
}

/**
 * Lines: `<pid|*> R a` · `<pid|*> [R a]` · `job in a` · `job [int n]` · `job none` · `most 2 a` ·
 * `root m /dev/shm/x` · `still <pid>` · `ended <pid> 3` · `born <pid> <parent>`.
 * Path bytes other than printable ASCII, and backslash, blank, `>`, `[`, `]`, are written `\xNN`.
 */
export function parseExpectation(text: string): Expectation {
  const facts: ExpectedFact[] = []
  const job: { text: string; optional: boolean }[] = []
  const roots: Root[] = []
  const still: number[] = []
  const ended: { pid: number; status: number }[] = []
  const born: { pid: number; parent: number }[] = []
  const limits: { most: number; path: string }[] = []
  for (const line of text.split('\n').filter(Boolean)) {
    const [who, rest] = splitOnce(line)
    if (who === 'job') job.push(bracketed(rest))
    else if (who === 'still') still.push(Number(rest))
    else if (who === 'ended') ended.push({ pid: Number.parseInt(rest, 10), status: Number(splitOnce(rest)[1]) })
    else if (who === 'born') born.push({ pid: Number.parseInt(rest, 10), parent: Number(splitOnce(rest)[1]) })
    else if (who === 'root') roots.push({ name: splitOnce(rest)[0], path: splitOnce(rest)[1] })
    else if (who === 'most') limits.push({ most: Number.parseInt(rest, 10), path: splitOnce(rest)[1] })
    else if (/^(\d+|\*)$/.test(who)) facts.push({ pid: who === '*' ? null : Number(who), ...bracketed(rest) })
    else throw new Error(`not an expectation: ${line}`)
  }
  return { facts, job, limits, still, ended, born, roots }
}

function splitOnce(line: string): [string, string] {
  const blank = line.indexOf(' ')
  return blank < 0 ? [line, ''] : [line.slice(0, blank), line.slice(blank + 1)]
}

const bracketed = (text: string) => {
  const inner = /^\[(.*)\]$/.exec(text)?.[1]
  return { text: inner ?? text, optional: inner !== undefined }
}

/** Path bytes (one character each) as an expectation writes them. */
export const quotePath = (path: string): string =>
  path.replace(/[^!-~]|[\\>[\]]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`)
