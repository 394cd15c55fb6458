/** Ctrl-C while bytes move: what is whole is recorded, what is not can be gone on with. */
import { constants } from 'node:os'
import { RoarError } from '@roar/core'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

export async function interruptible<T>(
  work: (signal: AbortSignal, interrupted: () => boolean) => Promise<T>,
): Promise<{ readonly result: T; readonly interrupted: boolean }> {
  const abort = new AbortController()
  let by: NodeJS.Signals | null = null
  const stop = (name: NodeJS.Signals): void => {
    by ??= name
    abort.abort()
  }
  for (const name of signals) process.once(name, stop)
  try {
    const result = await work(abort.signal, () => abort.signal.aborted)
    return { result, interrupted: abort.signal.aborted }
  } catch (error) {
    throw by !== null && (error as Error).name === 'AbortError' ? ended(by) : error
  } finally {
    for (const name of signals) process.removeListener(name, stop)
  }
}

/** Exits as a shell says of who is ended by that signal. */
const ended = (by: NodeJS.Signals): RoarError =>
  new RoarError('ROAR_INTERRUPTED', `${by} has ended it before everything was moved.`, {
    cause: 'What had arrived whole is recorded; of the rest nothing is.',
    remedy: ['The same command again goes on where this one ended.'],
    exitCode: 128 + constants.signals[by],
  })
