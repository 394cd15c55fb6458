// Processor time of the processes that an engine runs, by proc_pid_stat(5).
import { existsSync, readdirSync, readFileSync } from 'node:fs'

const fieldsOf = (pid) => readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ').at(-1).split(' ')

const numbers = () => readdirSync('/proc').filter((name) => /^\d+$/.test(name))

const childrenOf = (parent) =>
  numbers().filter((pid) => existsSync(`/proc/${pid}/stat`) && Number(fieldsOf(pid)[1]) === parent)

/** In milliseconds, of those that live now; of one that ends meanwhile, as a vacuum's worker does, what it had taken when it was last seen. */
export function onProcessor(parent) {
  const taken = new Map(childrenOf(parent).map((pid) => [pid, 0]))
  return () => {
    for (const pid of taken.keys()) {
      try {
        taken.set(pid, Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[0]) / 1e6)
      } catch {
        // Ended since.
      }
    }
    return [...taken.values()].reduce((sum, ms) => sum + ms, 0)
  }
}

/** In ticks of 10 ms, those that have ended included. */
export function ticksBelow(parent) {
  const own = fieldsOf(parent)
  let sum = Number(own[13]) + Number(own[14])
  for (const pid of numbers()) {
    try {
      const fields = fieldsOf(pid)
      if (Number(fields[1]) === parent) sum += Number(fields[11]) + Number(fields[12])
    } catch {
      // Ended between the listing and the reading.
    }
  }
  return sum
}
