/** Ctrl-C while bytes move: what is whole is recorded, what is not can be gone on with. */
import { constants } from 'node:os'
import { RoarError } from '@roar/core'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Milliseconds in which a signal that comes again is the same: timeout(1) sends it to its child, and then to the group that the child is in. */
const echo = 200

export async function interruptible<T>(
  work: (signal: AbortSignal, interrupted: () => boolean) => Promise<T>,
): Promise<{ readonly result: T; readonly interrupted: boolean }> {
  const abort = new AbortController()
  let by: NodeJS.Signals | null = null
  let since = 0
  const leave = (): void => {
    for (const name of signals) process.removeListener(name, stop)
  }
  const stop = (name: NodeJS.Signals): void => {
    if (by === null) {
      ;[by, since] = [name, performance.now()]
      abort.abort()
    } else if (performance.now() - since > echo) {
      // Somebody does not want to wait for what is being put in order.
      leave()
      process.kill(process.pid, name)
    }
  }
  for (const name of signals) process.on(name, stop)
  try {
    const result = await work(abort.signal, () => abort.signal.aborted)
    return { result, interrupted: abort.signal.aborted }
  } catch (error) {
    throw by !== null && (error as Error).name === 'AbortError' ? ended(by) : error
  } finally {
    leave()
  }
}

/** Exits as a shell says of who is ended by that signal. */
const ended = (by: NodeJS.Signals): RoarError =>
  new RoarError('ROAR_INTERRUPTED', `${by} has ended it before everything was moved.`, {
    cause: 'What had arrived whole is recorded; of the rest nothing is.',
    remedy: ['The same command again goes on where this one ended.'],
    exitCode: 128 + constants.signals[by],
  })
