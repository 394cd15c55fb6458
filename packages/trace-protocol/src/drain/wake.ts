/** Wakes the recorder when the traced programs have written something: they touch a file, which costs them no descriptor and us no time while idle. */
import { closeSync, type FSWatcher, openSync, watch } from 'node:fs'
import { join } from 'node:path'

/**
 * A program that writes little wakes nobody: the log is also looked at after this time, and then ever more rarely while nothing comes. Not sooner,
 * since reading beside a burst of calls costs the traced program up to a tenth of its time (shared caches); a short one is read behind its end.
 */
const firstLookMs = 500
const rarestLookMs = 60_000
const closeLaterMs = 1000

export interface Wake {
  /** Something came: look again soon. */
  eager(): void
  stop(): void
}

export function onWake(runDirectory: string, listener: () => void): Wake {
  let stopped = false
  const touched = watchTouches(runDirectory, () => {
    if (!stopped) listener()
  })
  let delay = firstLookMs
  let timer: NodeJS.Timeout
  const lookIn = (ms: number): void => {
    clearTimeout(timer)
    delay = ms
    timer = setTimeout(look, ms).unref()
  }
  const look = (): void => {
    lookIn(Math.min(delay * 2, rarestLookMs))
    listener()
  }
  lookIn(firstLookMs)
  return {
    eager: () => lookIn(firstLookMs),
    stop: () => {
      clearTimeout(timer)
      stopped = true
      // To take a watch away the kernel waits for whoever may be looking at it, for a millisecond: not before the run is recorded.
      setTimeout(() => touched?.close(), closeLaterMs).unref()
    },
  }
}

/** Null where inotify's limits are used up. */
function watchTouches(runDirectory: string, listener: () => void): FSWatcher | null {
  const path = join(runDirectory, 'wake')
  closeSync(openSync(path, 'wx', 0o600))
  try {
    const watcher = watch(path, { persistent: false }, listener)
    watcher.on('error', () => watcher.close())
    return watcher
  } catch {
    return null
  }
}
