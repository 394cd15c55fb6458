/** What is not there any more may have been moved or removed by a job that came later: nothing is wrong with it then. */
import type { CheckedOutput, LineageStore } from '@roar/core'

export async function withRemovals(
  store: LineageStore,
  outputs: readonly CheckedOutput[],
): Promise<readonly CheckedOutput[]> {
  const missing = outputs.flatMap(({ path, state }) => (state === 'missing' ? [path] : []))
  if (missing.length === 0) return outputs
  const removals = new Map((await store.removals(missing)).map((one) => [one.path, one]))
  return outputs.map((output) => {
    const removal = output.state === 'missing' ? removals.get(output.path) : undefined
    // An older job emptied the place for this one.
    return removal && removal.job.id > output.job.id ? { ...output, removal } : output
  })
}
