/** Repeats what git refuses because another process is changing the same ref at this moment. */
import { setTimeout as wait } from 'node:timers/promises'
import type { GitAnswer } from '../run-git.ts'

/** In milliseconds. git itself waits 100 for the lock of one ref. */
const pauses = [50, 100, 200, 400, 800]

/** `done`: the other one has made what was wanted; the refusal is then given back as it is. */
export async function againWhenLocked(
  attempt: () => Promise<GitAnswer>,
  done: () => Promise<boolean>,
): Promise<GitAnswer> {
  let said = await attempt()
  for (const pause of pauses) {
    if (said.status === 0 || !isLocked(said) || (await done())) return said
    await wait(pause)
    said = await attempt()
  }
  return said
}

/** A remote's own words come on standard error; what became of each ref is told on standard output. */
const isLocked = ({ errors, output }: GitAnswer): boolean =>
  /cannot lock ref|unable to create .*\.lock|failed to (?:update|lock)|incorrect old value/i.test(`${errors}${output}`)
