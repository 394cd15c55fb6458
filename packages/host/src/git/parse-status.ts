/** Reads `git status --porcelain=v2 -z --branch`: https://git-scm.com/docs/git-status#_porcelain_format_version_2. */
import { type BytePath, fromBuffer } from '@roar/core'

export interface StatusEntry {
  /** As in the short format, without the place holders: `M`, `MM`, `A`, `??`, `UU`. */
  readonly status: string
  readonly path: BytePath
  /** Of a submodule: `S` and what differs in it; `N...` otherwise. */
  readonly submodule: string
}

export interface Status {
  /** null before the first commit. */
  readonly commit: string | null
  /** null when detached. */
  readonly branch: string | null
  readonly entries: readonly StatusEntry[]
}

/** Fields before the path, by the kind of line. */
const fieldsBefore: Readonly<Record<string, number>> = { 1: 8, 2: 9, u: 10 }

export function parseStatus(output: Buffer): Status {
  const lines = fromBuffer(output).split('\0')
  const head = new Map<string, string>()
  const entries: StatusEntry[] = []
  for (let i = 0; i < lines.length; i++) {
    const line = lines[i] as string
    const kind = line[0]
    if (kind === '#') head.set(line.slice(2, line.indexOf(' ', 2)), line.slice(line.indexOf(' ', 2) + 1))
    else if (kind === '?') entries.push({ status: '??', path: line.slice(2) as BytePath, submodule: 'N...' })
    else if (kind !== undefined && kind in fieldsBefore) entries.push(changed(line, fieldsBefore[kind] as number))
    // A renamed path is followed by the one that it had.
    if (kind === '2') i++
  }
  const oid = head.get('branch.oid')
  const name = head.get('branch.head')
  return {
    commit: oid === undefined || oid === '(initial)' ? null : oid,
    branch: name === undefined || name === '(detached)' ? null : Buffer.from(name, 'latin1').toString(),
    entries,
  }
}

function changed(line: string, count: number): StatusEntry {
  let at = 0
  for (let i = 0; i < count; i++) at = line.indexOf(' ', at) + 1
  const [, status = '', submodule = 'N...'] = line.slice(0, at).split(' ')
  return { status: status.replaceAll('.', ''), path: line.slice(at) as BytePath, submodule }
}
