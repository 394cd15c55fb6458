// Times commands in turns, so that whatever else the machine does falls on all of them alike. Milliseconds.
import { spawnSync } from 'node:child_process'

export const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]

export function once(words, options = {}) {
  const begun = performance.now()
  const done = spawnSync(words[0], words.slice(1), { stdio: 'ignore', ...options })
  const time = performance.now() - begun
  if (done.error || (done.status !== 0 && !options.mayFail))
    throw new Error(`${words.join(' ')}: ${done.error ?? done.status}`)
  return time
}

/** `commands`: name → words. Returns name → median of `rounds`, after one round that does not count. */
export function inTurns(commands, rounds, options = {}) {
  const times = Object.fromEntries(Object.keys(commands).map((name) => [name, []]))
  for (let round = 0; round <= rounds; round++)
    for (const [name, words] of Object.entries(commands)) {
      const time = once(words, options)
      if (round > 0) times[name].push(time)
    }
  return Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]))
}
