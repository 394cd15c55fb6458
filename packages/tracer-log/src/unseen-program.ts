/** A program that cannot be entered does not tell that it was read: it is told for it. */
import { realpathSync, statSync } from 'node:fs'
import { fromString } from '@roar/core'
import { accessBits, type FileEvent } from '@roar/trace-protocol'

/** As of now, told by no process of the job; none where it is gone already. */
export function unseenProgram(path: string): readonly FileEvent[] {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs, mode } = statSync(path, { bigint: true })
    const access = accessBits.read | accessBits.executed
    const stamp = { dev, ino, size, mtimeNs, ctimeNs, mode: Number(mode) }
    const base = { type: 'file', sequence: 0, pid: 0, tid: 0, flags: 0 } as const
    return [{ ...base, ...stamp, access, path: fromString(realpathSync(path)) }]
  } catch {
    return []
  }
}
