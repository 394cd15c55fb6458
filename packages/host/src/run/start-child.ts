/** Starts a job's command for an embedding program. The CLI has its own launcher, which gives the child what a shell would. */
import { type ExitStatus, type LaunchPort, RoarError, type StartRequest } from '@roar/core'
import { changedEnvironment } from './changed-environment.ts'

export interface ChildOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** `inherit`: the program's own terminal and files; `ignore`: none. */
  readonly stdio: 'inherit' | 'ignore'
  /** Ends the child by SIGTERM. */
  readonly signal?: AbortSignal | undefined
}

export function createLaunch({ env, stdio, signal }: ChildOptions): LaunchPort {
  return {
    start({ argv, cwd, env: changes }: StartRequest) {
      const { spawn } = process.getBuiltinModule('node:child_process')
      const child = spawn(argv[0] as string, argv.slice(1), { cwd, env: changedEnvironment(env, changes), stdio })
      const exited = new Promise<ExitStatus>((resolve) =>
        child.on('exit', (exitCode, by) => resolve({ exitCode, signal: by })),
      )
      const stop = (): boolean => child.kill('SIGTERM')
      signal?.addEventListener('abort', stop, { once: true })
      exited.then(() => signal?.removeEventListener('abort', stop))
      return new Promise((resolve, reject) => {
        child.on('error', (error: NodeJS.ErrnoException) => reject(notStarted(argv[0] as string, error)))
        child.on('spawn', () => resolve({ pid: child.pid as number, exited }))
      })
    },
  }
}

function notStarted(name: string, { code, message }: NodeJS.ErrnoException): RoarError {
  const missing = code === 'ENOENT'
  return new RoarError(missing ? 'ROAR_COMMAND_NOT_FOUND' : 'ROAR_COMMAND_NOT_EXECUTABLE', `${name}: ${message}`, {
    exitCode: missing ? 127 : 126,
  })
}
