/** Hudi: the newest completed slice of every file group. */
import type { BytePath } from '@roar/core'
import { type Format, only } from '../../format.ts'
import { readTimeline, type Timeline } from './timeline.ts'

/** FILEID_WRITETOKEN_INSTANT.parquet; log files: .FILEID_INSTANT.log.N_TOKEN. */
const base = /^(?:(.*)\/)?([^/_]+)_[^/_]+_(\d{14,17})\.(?:parquet|orc|hfile)$/
const log = /^(?:(.*)\/)?\.([^/_]+)_(\d{14,17})\.log\.\d+/
const temporary = /\/\.(?:aux|temp)\//

export const hudi: Format = {
  name: 'hudi',
  about: {
    title: 'Hudi table',
    recognised: '`.hoodie/hoodie.properties`',
    members: 'the timeline, and of every file group that was not replaced the newest slice that was committed',
    whole: 'no writer is in flight; compaction and cleaning that are only planned do not count',
  },
  isRoot: (at) => at.has('.hoodie') && at.exists('.hoodie/hoodie.properties'),
  members: (paths, at) => {
    const timeline = readTimeline(paths, at)
    const newest = newestBases(paths, timeline)
    return only(
      paths,
      (path) => isService(path) || isBase(path, newest) || isLog(path, newest, timeline),
      timeline.open > 0 ? `${timeline.open} instants are in flight` : null,
    )
  },
}

const isService = (path: BytePath): boolean =>
  (path.startsWith('.hoodie/') || /(?:^|\/)\.hoodie_partition_metadata/.test(path)) && !temporary.test(path)

const groupOf = (found: RegExpExecArray): string => `${found[1] ?? ''}/${found[2]}`

/** By file group. */
function newestBases(paths: readonly BytePath[], timeline: Timeline): ReadonlyMap<string, string> {
  const newest = new Map<string, string>()
  for (const path of paths) {
    const found = base.exec(path)
    const instant = found?.[3] as string
    if (!found || !timeline.isCommitted(instant) || timeline.replaced.has(groupOf(found))) continue
    if ((newest.get(groupOf(found)) ?? '') < instant) newest.set(groupOf(found), instant)
  }
  return newest
}

function isBase(path: BytePath, newest: ReadonlyMap<string, string>): boolean {
  const found = base.exec(path)
  return found !== null && newest.get(groupOf(found)) === found[3]
}

/** A group may have no base file yet. What is appended while a compaction is planned goes by the compaction's instant. */
function isLog(path: BytePath, newest: ReadonlyMap<string, string>, timeline: Timeline): boolean {
  const found = log.exec(path)
  if (!found || timeline.replaced.has(groupOf(found))) return false
  const instant = found[3] as string
  const below = newest.get(groupOf(found)) ?? ''
  if (!timeline.isNewer) return instant >= below
  return timeline.isCommitted(instant) && (instant >= below || timeline.completion(instant) > below)
}
