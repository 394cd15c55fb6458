/** Where the user is. */
import { resolve } from 'node:path'
import { RoarError } from '@roar/core'

export function placeOf(directory: string): string {
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
