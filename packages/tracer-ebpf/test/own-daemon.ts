/** A daemon of the test's own, so that what it does concerns nobody else on the machine; or the reason why there can be none here. */
import { execFileSync, spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { programPath } from '../src/programs.ts'

export interface OwnDaemon {
  readonly socket: string
  readonly pid: number
  stop(): Promise<void>
}

/** What `roard --check` says is missing; null where programs load. */
export function lackOfKernel(): string | null {
  const path = programPath('roard')
  if (!path) return 'the eBPF tracer was not built'
  try {
    execFileSync(path, ['--check'], { encoding: 'utf8' })
    return null
  } catch (error) {
    const lines = String((error as { stdout?: string }).stdout ?? '').split('\n')
    return lines.find((line) => line.includes(' lacks ')) ?? 'roard does not start'
  }
}

/** Others may ask it too: sockets of the tests stand where everybody may look. */
export async function startDaemon(words: readonly string[] = []): Promise<OwnDaemon> {
  mkdirSync('/run/roar-test', { recursive: true, mode: 0o755 })
  const directory = mkdtempSync('/run/roar-test/d')
  chmodSync(directory, 0o755)
  const socket = join(directory, 'roard.sock')
  const daemon = spawn(programPath('roard') as string, ['--socket', socket, '--idle', '0', ...words], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const ended = new Promise<void>((resolve) => daemon.once('exit', () => resolve()))
  for (let tries = 0; !existsSync(socket); tries++) {
    // Loading takes a tenth of a second, and on a machine that is busy with much else a hundred times as long.
    if (tries > 3000 || daemon.exitCode !== null) {
      daemon.kill('SIGKILL')
      throw new Error('roard did not start')
    }
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return {
    socket,
    pid: daemon.pid as number,
    stop: async () => {
      daemon.kill('SIGTERM')
      await ended
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
