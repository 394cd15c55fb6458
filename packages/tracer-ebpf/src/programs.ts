/** Where the native programs lie, and where the daemon is asked. */
import { existsSync, readFileSync } from 'node:fs'
import { nativeFile } from '@roar/native'

/** Null where it was not built for this platform. */
export const programPath = (name: 'roard' | 'roar-ebpf'): string | null => nativeFile(name)

/** The machine's own daemon, and one that this user may have started. */
function socketPaths(): string[] {
  const uid = process.getuid?.() ?? 0
  return ['/run/roar/roard.sock', ...(uid === 0 ? [] : [`/run/user/${uid}/roar/roard.sock`])]
}

/** The user's word for another place; empty is none. */
export const askedSocket = (): string | undefined => process.env.ROAR_EBPF_SOCKET || undefined

/** `__SO_ACCEPTCON` of the flags in /proc/net/unix: somebody listens. */
const listening = '00010000'

/** Whether a daemon is there to be asked: a look at one file, since this is on the way of every run. A socket of another network namespace is not listed. */
export function isWarm(asked?: string): boolean {
  const paths = (asked ? [asked] : socketPaths()).filter((path) => existsSync(path))
  if (paths.length === 0) return false
  try {
    const lines = readFileSync('/proc/net/unix', 'latin1').split('\n')
    return lines.some((line) => line.includes(listening) && paths.some((path) => line.endsWith(` ${path}`)))
  } catch {
    return false
  }
}
