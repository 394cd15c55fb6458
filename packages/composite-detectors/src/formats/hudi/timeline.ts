/** Hudi's timeline: which instants were finished, what they replaced, and which were begun only. */
import type { BytePath } from '@roar/core'
import { type AvroRecord, readAvro } from '../../avro.ts'
import { type Directory, parseObject } from '../../directory.ts'

/** INSTANT.ACTION; since table version 8 INSTANT_COMPLETED.ACTION, in a folder of its own. */
const finished = /^\.hoodie\/(?:timeline\/)?(\d{14,17})(?:_(\d{14,17}))?\.(?!inflight|requested)([a-z]+)$/
const begun = /^\.hoodie\/(?:timeline\/)?(\d{14,17})\.(?:([a-z]+)\.)?(inflight|requested)$/
const writes = new Set(['commit', 'deltacommit', 'replacecommit'])
/** Planned for later: the table is whole without them. */
const services = new Set(['compaction', 'logcompaction', 'clustering', 'clean', 'indexing'])

export interface Timeline {
  /** Of instants that wrote; older ones than the first were archived, and are committed. */
  isCommitted(instant: string): boolean
  /** When it was; the instant itself where the timeline does not say. */
  completion(instant: string): string
  /** How many writers have not finished. */
  readonly open: number
  /** File groups, as `PARTITION/FILE_ID`, that stay on disk until they are cleaned up. */
  readonly replaced: ReadonlySet<string>
  /** Log files have the instant that wrote them, not that of the base file below. */
  readonly isNewer: boolean
}

export function readTimeline(paths: readonly BytePath[], at: Directory): Timeline {
  const ended = new Map<string, string>()
  const written = new Set<string>()
  const replaced = new Set<string>()
  for (const path of paths) {
    const [, instant, completed, action] = (finished.exec(path) ?? []) as (string | undefined)[]
    if (instant === undefined || action === undefined) continue
    ended.set(instant, completed ?? instant)
    if (writes.has(action)) written.add(instant)
    if (action === 'replacecommit') for (const group of replacedBy(path, at)) replaced.add(group)
  }
  const open = openInstants(paths, ended)
  const first = [...written].reduce((least, one) => (one < least ? one : least), '9')
  return {
    isCommitted: (instant) => written.has(instant) || (written.size > 0 && instant < first && !open.has(instant)),
    completion: (instant) => ended.get(instant) ?? instant,
    open: open.size,
    replaced,
    isNewer: paths.some((path) => path.startsWith('.hoodie/timeline/')),
  }
}

function openInstants(paths: readonly BytePath[], ended: ReadonlyMap<string, string>): ReadonlySet<string> {
  const open = new Set<string>()
  for (const path of paths) {
    const [, instant, action = '', state] = (begun.exec(path) ?? []) as (string | undefined)[]
    const isPlan = state === 'requested' && services.has(action)
    if (instant !== undefined && !isPlan && !ended.has(instant)) open.add(instant)
  }
  return open
}

/** What overwrote or clustered says whose place it takes: in JSON, in Avro since table version 8. */
function replacedBy(path: BytePath, at: Directory): readonly string[] {
  const bytes = at.bytes(path)
  const commit: AvroRecord | null | undefined =
    readAvro(bytes)?.[0] ?? parseObject(bytes && Buffer.from(bytes).toString('utf8'))
  return entriesOf(commit?.partitionToReplaceFileIds).flatMap(([partition, ids]) =>
    (Array.isArray(ids) ? ids : []).map((id) => Buffer.from(`${partition}/${id}`, 'utf8').toString('latin1')),
  )
}

const entriesOf = (map: unknown): readonly (readonly [string, unknown])[] =>
  map instanceof Map ? [...map] : Object.entries(parseObject(JSON.stringify(map ?? null)) ?? {})
