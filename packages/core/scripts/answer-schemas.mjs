// Documents of what a registry answers, of `roar ui` and of `roar env`.
import { boolean, integer, list, natural, object, oneOf, orNull, string } from './schema-words.mjs'

/** Of a word that does not explain itself. */
const said = (schema, description) => ({ ...schema, description })
const objectOrNull = (properties, optional) => ({ ...object(properties, optional), type: ['object', 'null'] })
const anObject = { type: 'object' }

const countedReproductions = ['total', 'reproducers', 'identical', 'content', 'tolerance', 'different', 'missing']
const use = object({ job: anObject, path: orNull(string), session: orNull(string) })
const publishedArtifact = objectOrNull(
  {
    hash: string,
    algorithm: string,
    hashes: list(object({ algorithm: string, digest: string })),
    size: orNull(integer),
    kind: oneOf('file', 'composite'),
    visibility: string,
    url: string,
    produced_by: list(use),
    consumed_by: list(use),
    labels: anObject,
    reproduction: {
      type: 'object',
      properties: Object.fromEntries(countedReproductions.map((name) => [name, natural])),
    },
  },
  ['reproduction'],
)
const publishedSession = objectOrNull({
  hash: { type: 'string', pattern: '^[0-9a-f]{64}$' },
  url: string,
  visibility: string,
  jobs: list({ type: 'object', required: ['id', 'job_uid', 'command'] }),
})
const publishedLineage = objectOrNull({
  root: string,
  nodes: list(object({ id: string, type: oneOf('artifact', 'job'), depth: natural })),
  edges: list(object({ from: string, to: string, path: orNull(string), role: oneOf('input', 'output') })),
  truncated: boolean,
})

const variable = object({
  name: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
  value: said(
    string,
    'A marker such as <redacted:token> stands in the place of a secret that was written into the file by hand.',
  ),
  secret: boolean,
  origin: said(string, 'The settings file that sets it.'),
  shell: said(
    oneOf('unset', 'same', 'other'),
    "What the shell that asks has under this name; the workspace's value comes before it.",
  ),
})

export const answerDocuments = {
  env: ['Variables that every command of roar run and roar build gets in a workspace.', { variables: list(variable) }],
  published: [
    'What a registry answers to `show` and `lineage`: one of artifact, session and lineage; the others are null. The registry may say more.',
    {
      of: said(string, 'The reference as it was given.'),
      registry: said(string, 'Its address.'),
      artifact: publishedArtifact,
      session: publishedSession,
      lineage: publishedLineage,
    },
  ],
  ui: [
    'What `roar ui --json` prints once it answers.',
    { url: said(string, 'Opens the pages, once.'), pid: said(integer, 'The process that serves them.') },
  ],
}
