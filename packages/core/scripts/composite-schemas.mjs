// Parts of schemas that only composites have.
import { boolean, digests, list, natural, object, oneOf, orNull, string } from './schema-words.mjs'

/** Of composites: is it whole, and what the job read or changed of it (null: all). */
export const compositeFields = {
  complete: boolean,
  incomplete: orNull(string),
  part: orNull(object({ members: natural, size: natural, digests, paths: list(string) })),
}

/** Of a directory that was hashed as one. */
export const hashedComposite = {
  kind: oneOf('composite'),
  format: string,
  members: natural,
  incomplete: orNull(string),
}
