/** How a command is started so that the library is in it. */
import type { Command, StartRequest } from '@roar/core'
import type { Target } from './inspect-target.ts'

/** dyld(1) has its own name for what ld.so(8) calls LD_PRELOAD. */
const variableName = () => (process.platform === 'darwin' ? 'DYLD_INSERT_LIBRARIES' : 'LD_PRELOAD')

/** The user's own libraries stay in front of ours. What the loader would refuse or ignore is not given to it. */
export function startRequest(command: Command, target: Target | null, library: string, log: string): StartRequest {
  const { argv, cwd } = command
  if (target?.gap && target.gap !== 'static-binary') return { argv, cwd, env: {} }
  const runtime = target?.runtime ? `${target.runtime}:` : ''
  const variable = variableName()
  const theirs = command.env[variable] ? `${command.env[variable]}:` : ''
  const env = { [variable]: `${runtime}${theirs}${library}`, ROAR_TRACE_LOG: log }
  return { argv, cwd, env: runtime ? { ...env, ROAR_TRACE_SKIP: String(runtime.length) } : env }
}
