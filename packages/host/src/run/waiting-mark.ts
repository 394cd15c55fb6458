/** A file in a run's directory from before its row is written until its command is about to be started: whoever finds both knows that nothing ran. */
import { existsSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LaunchPort } from '@roar/core'

const waitingMark = (runDirectory: string): string => join(runDirectory, 'waiting')

/** The same launch; the mark is made now and taken away in time. What cannot be marked is taken for begun later. */
export function markedUntilStart(launch: LaunchPort, runDirectory: string): LaunchPort {
  let marked = false
  try {
    writeFileSync(waitingMark(runDirectory), '', { flag: 'wx', mode: 0o600 })
    marked = true
  } catch {
    // No room, say: the run itself will tell.
  }
  return {
    start: (request) => {
      if (marked) unlinkSync(waitingMark(runDirectory))
      marked = false
      return launch.start(request)
    },
  }
}

export const neverStarted = (runDirectory: string | null): boolean =>
  runDirectory !== null && existsSync(waitingMark(runDirectory))
