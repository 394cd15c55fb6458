/** A process as (pid, start time, PID namespace): a pid alone comes again, and is another process in a container. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

export interface ProcessIdentity {
  readonly pid: number
  /**
   * The boot's id, clock ticks since boot (`/proc/PID/stat`, field 22) and the inode of the PID namespace, with colons between; records of earlier versions
   * lack the last. Empty where there is no /proc.
   */
  readonly start: string
}

/** `unseen`: it may live where we cannot look, in another container or hidden by its user's /proc. */
export type Life = 'alive' | 'ended' | 'unseen'

/** PROC_PID_INIT_INO (include/linux/proc_ns.h): from there all processes are seen. */
const initialNamespace = '4026531836'

export const isAlive = (one: ProcessIdentity): boolean => lifeOf(one) === 'alive'

/** `self`, for /proc may have been mounted for another namespace, where our number is somebody else's. */
export function ownIdentity(): ProcessIdentity {
  const ticks = ticksOf('self')
  return { pid: process.pid, start: ticks === '' ? '' : [bootId(), ticks, ownNamespace()].join(':') }
}

export function lifeOf({ pid, start }: ProcessIdentity): Life {
  const [boot, ticks = '', namespace = ownNamespace()] = start.split(':')
  if (start === '') return exists(pid) ? 'alive' : 'ended'
  if (boot !== bootId()) return 'ended'
  if (namespace === ownNamespace() && isProcOurs()) return lifeHere(pid, ticks)
  if (isBelow(pid, ticks)) return 'alive'
  return ownNamespace() === initialNamespace ? 'ended' : 'unseen'
}

function lifeHere(pid: number, ticks: string): Life {
  const now = ticksOf(pid)
  if (now === ticks) return 'alive'
  // With hidepid= the processes of others have no entry, whether they live or not.
  return now === '' && isOfOthers(pid) ? 'unseen' : 'ended'
}

/** Whether it is in a namespace whose processes we see, by numbers of ours; its own is the last of its numbers. */
function isBelow(pid: number, ticks: string): boolean {
  return readdirSync('/proc').some((name) => {
    if (!/^\d+$/.test(name) || ticksOf(name) !== ticks) return false
    const numbers = /^NSpid:(.*)$/m.exec(textOf(`/proc/${name}/status`))?.[1]
    return numbers?.trim().split(/\s+/).at(-1) === String(pid)
  })
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return isOfOthers(pid)
  }
}

function isOfOthers(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

const bootId = (): string => textOf('/proc/sys/kernel/random/boot_id').slice(0, 8)
const isProcOurs = (): boolean => linkOf('/proc/self') === String(process.pid)
/** `pid:[4026531836]` */
const ownNamespace = (): string => linkOf('/proc/self/ns/pid').replace(/\D/g, '')

/** Empty when it has ended. */
function ticksOf(process: number | string): string {
  const stat = textOf(`/proc/${process}/stat`)
  // The command name, in parentheses, may hold spaces and parentheses of its own.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  // A zombie has ended; its parent has only not asked yet, and in a container without an init never will.
  return fields[0] === 'Z' || fields[0] === 'X' ? '' : (fields[19] ?? '')
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}
