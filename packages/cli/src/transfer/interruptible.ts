/** Ctrl-C while bytes move: what is whole is recorded, what is not can be gone on with. */
export async function interruptible<T>(
  work: (signal: AbortSignal, interrupted: () => boolean) => Promise<T>,
): Promise<{ readonly result: T; readonly interrupted: boolean }> {
  const abort = new AbortController()
  const stop = (): void => abort.abort()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, stop)
  try {
    const result = await work(abort.signal, () => abort.signal.aborted)
    return { result, interrupted: abort.signal.aborted }
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.removeListener(name, stop)
  }
}
