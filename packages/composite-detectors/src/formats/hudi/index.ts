/** Hudi: the newest completed slice of every file group. */
import type { BytePath } from '@roar/core'
import { type Format, only } from '../../format.ts'

/** FILEID_WRITETOKEN_INSTANT.parquet; log files: .FILEID_INSTANT.log.N_TOKEN. */
const base = /^(?:(.*)\/)?([^/_]+)_[^/_]+_(\d{14,17})\.(?:parquet|orc|hfile)$/
const log = /^(?:(.*)\/)?\.([^/_]+)_(\d{14,17})\.log\.\d+/
const done = /^\.hoodie\/(?:timeline\/)?(\d{14,17})(?:_\d+)?\.(?:commit|deltacommit|replacecommit)$/
const open = /^\.hoodie\/(?:timeline\/)?\d{14,17}\.[\w.]*(?:inflight|requested)$/

export const hudi: Format = {
  name: 'hudi',
  about: {
    title: 'Hudi table',
    recognised: '`.hoodie/hoodie.properties`',
    members: 'the timeline, and of every file group the newest slice that was committed',
    whole: 'no instant of the timeline is in flight',
  },
  isRoot: (at) => at.has('.hoodie') && at.exists('.hoodie/hoodie.properties'),
  members: (paths) => {
    const instants = new Set(paths.flatMap((path) => done.exec(path)?.[1] ?? []))
    const newest = new Map<string, string>()
    for (const path of paths) {
      const found = base.exec(path)
      if (!found || !instants.has(found[3] as string)) continue
      const group = `${found[1] ?? ''}/${found[2]}`
      if ((newest.get(group) ?? '') < (found[3] as string)) newest.set(group, found[3] as string)
    }
    const lives = (path: BytePath): boolean => {
      if (path.startsWith('.hoodie/') || /(?:^|\/)\.hoodie_partition_metadata/.test(path))
        return !/\/\.(?:aux|temp)\//.test(path)
      const found = base.exec(path) ?? log.exec(path)
      return found !== null && newest.get(`${found[1] ?? ''}/${found[2]}`) === found[3]
    }
    const started = paths.filter((path) => open.test(path) && !isDone(path, instants))
    return only(paths, lives, started.length > 0 ? `${started.length} instants are in flight` : null)
  },
}

function isDone(path: BytePath, instants: ReadonlySet<string>): boolean {
  return instants.has(/(\d{14,17})/.exec(path)?.[1] ?? '')
}
