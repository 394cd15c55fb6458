/** Wakes the recorder when the traced programs have written something: they touch a file, which costs them no descriptor and us no time while idle. */
import { closeSync, type FSWatcher, openSync, watch } from 'node:fs'
import { join } from 'node:path'

/** Where inotify's limits are used up the log is looked at this often instead. */
const pollMs = 250

export function onWake(runDirectory: string, listener: () => void): { stop(): void } {
  const path = join(runDirectory, 'wake')
  closeSync(openSync(path, 'wx', 0o600))
  try {
    const watcher: FSWatcher = watch(path, { persistent: false }, listener)
    watcher.on('error', () => watcher.close())
    return { stop: () => watcher.close() }
  } catch {
    const timer = setInterval(listener, pollMs)
    timer.unref()
    return { stop: () => clearInterval(timer) }
  }
}
