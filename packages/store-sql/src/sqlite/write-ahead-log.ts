/** The file beside a database that holds the newest commits (https://sqlite.org/wal.html). */
import { close, fsync, open, statSync } from 'node:fs'
import { dirname } from 'node:path'

const logOf = (location: string): string => `${location}-wal`

/** In bytes; 0 where there is none. */
export const logSize = (location: string): number => statSync(logOf(location), { throwIfNoEntry: false })?.size ?? 0

/** By threads of Node's. What fails here fails again at the next commit, which waits for the disk itself. */
export async function bringToDisk(location: string): Promise<void> {
  // A file that is new has to be in its directory, too.
  await Promise.all([logOf(location), dirname(location)].map(syncFile))
}

const syncFile = (path: string): Promise<void> =>
  new Promise((done) => {
    open(path, 'r', (fault, fd) => {
      if (fault) done()
      else fsync(fd, () => close(fd, () => done()))
    })
  })
