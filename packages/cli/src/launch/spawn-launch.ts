/** Starts the command with Node's own means: near to what a shell does, but Node has changed limits, masks and dispositions before. */
import { type ExitStatus, isText, type StartedProcess, type StartRequest } from '@roar/core'
import type { InterruptListener, Launch } from './launch.ts'
import { startRefused } from './start-refused.ts'

const passedOn = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export function spawnLaunch(): Launch {
  const listeners: InterruptListener[] = []
  let child: number | null = null
  for (const signal of passedOn)
    process.on(signal, () => {
      for (const listener of listeners) listener(signal, 'group')
      // Ctrl-C reaches the whole group; what was sent to us alone is passed on.
      if (child !== null && signal !== 'SIGINT') process.kill(child, signal)
    })
  return {
    gitStatus: null,
    onInterrupt: (listener) => listeners.push(listener),
    endsUs: false,
    recorded: () => undefined,
    end: () => undefined,
    start: async (request) => {
      const started = await start(request)
      child = started.pid
      started.exited.then(() => {
        child = null
      })
      return started
    },
  }
}

function start({ argv, cwd, env }: StartRequest): Promise<StartedProcess> {
  // Node would hand over other bytes, and say nothing.
  if (!argv.every(isText)) throw startRefused(argv[0] as string, 'EILSEQ')
  // Loaded here because it costs 2 ms, and import() would start Node's loader for ES modules in a bundled program.
  const { spawn } = process.getBuiltinModule('node:child_process')
  const child = spawn(argv[0] as string, argv.slice(1), { cwd, env: merged(env), stdio: 'inherit' })
  const exited = new Promise<ExitStatus>((resolve) =>
    child.on('exit', (exitCode, signal) => resolve({ exitCode, signal })),
  )
  return new Promise((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      reject(startRefused(argv[0] as string, error.code ?? error.message)),
    )
    child.on('spawn', () => resolve({ pid: child.pid as number, exited }))
  })
}

const merged = (changes: StartRequest['env']): NodeJS.ProcessEnv => {
  const env = { ...process.env }
  for (const [name, value] of Object.entries(changes))
    if (value === null) delete env[name]
    else env[name] = value
  return env
}
