// Parts of schemas that only composites have.
import { boolean, digests, list, natural, object, oneOf, orNull, path, string } from './schema-words.mjs'

/** Of composites: is it whole, and what the job read or changed of it (null: all). */
export const compositeFields = {
  complete: boolean,
  incomplete: orNull(string),
  part: orNull(object({ members: natural, size: natural, digests, paths: list(string) })),
}

/** Of an artifact in a graph. */
export const nodeKind = { kind: oneOf('file', 'composite'), format: orNull(string), members: orNull(natural) }

/** Of a directory that was hashed as one. */
export const hashedComposite = {
  kind: oneOf('composite'),
  format: string,
  members: natural,
  incomplete: orNull(string),
}

/** Of a transfer: what was moved as one, and what stayed. */
export const movedComposites = {
  composites: {
    ...list(object({ ...path, format: orNull(string), members: natural, digests })),
    description: 'Composites among the files, each recorded as one artifact.',
  },
  left_out: {
    ...list(object({ ...path, reason: string })),
    description: 'Outputs of a step that are not sent, and why.',
  },
}

const hash = { type: 'string', pattern: '^[0-9a-f]{64}$' }
/** What a proof says of its member. */
const proved = { root: hash, members: natural, path: string, size: natural, digest: hash }

export const proofDocuments = {
  proof: [
    'What leads from one member of a composite to its root.',
    {
      ...proved,
      type: oneOf('file', 'link'),
      siblings: list(object({ digest: hash, left: boolean })),
      encoded: { type: 'string', contentEncoding: 'base64' },
    },
  ],
  'proof-verdict': [
    'Does a proof hold, and for what?',
    {
      ...proved,
      verdict: oneOf('identical', 'different'),
      sound: boolean,
      content: orNull(boolean),
      known: list(string),
    },
  ],
}
