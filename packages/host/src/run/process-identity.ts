/** A process as (pid, start time): a pid alone comes again. */
import { readFileSync } from 'node:fs'

export interface ProcessIdentity {
  readonly pid: number
  /** Clock ticks since boot (`/proc/PID/stat`, field 22), with the boot's id; empty where there is no /proc. */
  readonly start: string
}

export const ownIdentity = (): ProcessIdentity => ({ pid: process.pid, start: startOf(process.pid) })

export function isAlive(one: ProcessIdentity): boolean {
  if (one.start !== '') return startOf(one.pid) === one.start
  try {
    process.kill(one.pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function startOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command name, in parentheses, may hold spaces and parentheses of its own.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    // A zombie has ended; its parent has only not asked yet, and in a container without an init never will.
    if (fields[0] === 'Z' || fields[0] === 'X') return ''
    const ticks = fields[19] ?? ''
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').slice(0, 8)}:${ticks}`
  } catch {
    return ''
  }
}
