// The eBPF tracer's daemon, loaded for as long as a measurement takes; null where there can be none. While it is, every system call of the machine pays.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const socket = '/run/roar/roard.sock'

export function warmDaemon(root) {
  const path = join(root, `packages/tracer-ebpf/native/build/linux-${process.arch}/roard`)
  if (process.getuid() !== 0 || !existsSync(path) || spawnSync(path, ['--check']).status !== 0) return null
  const daemon = spawn(path, ['--idle', '0'], { stdio: 'ignore' })
  for (let tries = 0; tries < 100 && !existsSync(socket); tries++) spawnSync('sleep', ['0.1'])
  return daemon
}

/** Returns when its programs are unloaded. */
export function coolDown(daemon) {
  daemon.kill()
  while (isThere(daemon.pid)) spawnSync('sleep', ['0.02'])
}

/** Nobody asks for its end while this process waits: then it is a zombie. */
function isThere(pid) {
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'latin1'))
  } catch {
    return false
  }
}
