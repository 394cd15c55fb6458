/** Where the user is, or says that roar should be. */
import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import { RoarError } from '@roar/core'

/** Rejects with ROAR_DIRECTORY_GONE. A directory that was named with -C is looked at: nothing else would say that it is misspelled. */
export function placeOf(directory: string): string {
  const place = absolute(directory)
  if (directory !== '.' && !isDirectory(place))
    throw new RoarError('ROAR_DIRECTORY_GONE', `There is no directory ${place}.`, {
      cause: 'It was named with -C: nothing is there, or no directory.',
      remedy: ['Correct the name behind -C'],
    })
  return place
}

function absolute(directory: string): string {
  try {
    return resolve(directory)
  } catch (error) {
    // Only a relative path asks where we are: a shell stays in a directory that others have removed.
    throw new RoarError('ROAR_DIRECTORY_GONE', 'The directory that you are in is not there any more.', {
      cause: `It was removed or moved, or may not be read, since you went there (${(error as NodeJS.ErrnoException).code}).`,
      remedy: ['cd to a directory that is there', 'or name one: roar -C /a/directory …'],
    })
  }
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
  } catch (error) {
    // One that may not be looked at is there all the same: whoever reads in it says what is wrong.
    return (error as NodeJS.ErrnoException).code === 'EACCES'
  }
}
