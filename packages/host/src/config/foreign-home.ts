/** Containers that run as whatever user are started with HOME=/root: a home that is another user's, and closed, has no settings of ours. git reads none there, too. */
import { statSync } from 'node:fs'
import { dirname } from 'node:path'

/** False of what is closed by a directory of our own: whoever has settings there is to be told that they do not hold. */
export function isInForeignHome(file: string): boolean {
  if (!isClosed(file)) return false
  for (let at = dirname(file); at !== dirname(at); at = dirname(at))
    if (!isClosed(at)) return statSync(at, { throwIfNoEntry: false })?.uid !== process.geteuid?.()
  return false
}

function isClosed(path: string): boolean {
  try {
    statSync(path, { throwIfNoEntry: false })
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}
