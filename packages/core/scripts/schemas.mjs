// Writes schemas/*.schema.json: one self-contained JSON Schema a document, put together from parts that several documents share.
// `--check` says which files are not fresh.
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { answerDocuments } from './answer-schemas.mjs'
import { compositeFields, hashedComposite, movedComposites, nodeKind, proofDocuments } from './composite-schemas.mjs'
import { publicationDocuments } from './publication-schemas.mjs'
import { registryDocuments } from './registry-schemas.mjs'
import { reproductionDocuments, reproductionOf } from './reproduction-schemas.mjs'
import { staleSchemas, writeSchemas } from './schema-files.mjs'
import {
  any,
  boolean,
  claims,
  commit,
  digests,
  integer,
  list,
  map,
  natural,
  number,
  object,
  oneOf,
  orNull,
  path,
  sessionHash,
  sourced,
  step,
  string,
  time,
  uid,
} from './schema-words.mjs'

const out = join(dirname(dirname(fileURLToPath(import.meta.url))), 'schemas')

const edgeFields = {
  ...path,
  names: list(string),
  kind: oneOf('file', 'composite'),
  format: orNull(string),
  members: orNull(natural),
  size: orNull(natural),
  digests,
  reason: oneOf(
    null,
    'vanished',
    'unreadable',
    'overwritten-before-hash',
    'too-large-to-hold',
    'held-too-long',
    'changed-after-read',
    'changed-since',
    'unstable',
    'not-hashed',
    'not-regular',
  ),
  access: list(
    oneOf(
      'read',
      'executed',
      'mapped',
      'created',
      'written',
      'truncated',
      'appended',
      'renamed',
      'linked',
      'may-write',
    ),
  ),
  processes: list(integer),
  code: boolean,
}
/** An edge without a digest says why. */
const edge = (fields, optional = []) => ({
  ...object({ ...fields, ...compositeFields }, [...Object.keys(compositeFields), ...optional]),
  if: { properties: { reason: { const: null } } },
  // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
  then: { properties: { digests: { type: 'object', minProperties: 1 } } },
})
/** What the job kept of what stood there before, without reading it. */
const base = object({
  ...{ ...path, size: orNull(natural), digests, producer: orNull(step), producer_uid: orNull(uid) },
})
const inputFields = {
  ...{ ...edgeFields, sourced, in_commit: boolean, producer: orNull(step), producer_uid: orNull(uid) },
  base,
}

const jobHead = {
  uid,
  session: sessionHash,
  kind: oneOf('run', 'build', 'get', 'put'),
  step,
  execution: { type: 'integer', minimum: 1 },
  name: orNull(string),
  status: oneOf('running', 'completed', 'failed', 'interrupted'),
  argv: { ...list(string), minItems: 1 },
  cwd: string,
  started_at: time,
  ended_at: orNull(time),
  duration_ms: orNull(number),
  exit_code: orNull(integer),
  signal: orNull(string),
  dirty: boolean,
}
const summaryFields = {
  ...jobHead,
  commit: orNull(commit),
  branch: orNull(string),
  inputs: natural,
  outputs: natural,
  complete: boolean,
}
const summary = object(summaryFields)

const git = object({
  root: string,
  repository: orNull(string),
  branch: orNull(string),
  commit: orNull(commit),
  dirty: boolean,
  dirty_files: list(object({ path: string, status: string })),
  detached: boolean,
  shallow: boolean,
  sparse: boolean,
  linked_worktree: boolean,
  submodules: list(object({ path: string, commit: string, dirty: boolean })),
})
const gap = object({ code: string, count: natural, detail: string })
const tracer = object({
  name: string,
  version: string,
  reason: string,
  lost: natural,
  coverage: object({ complete: boolean, gaps: list(gap) }),
})
const categories = ['system', 'package', 'internal', 'temporary', 'ignored', 'credential', 'deleted']
const counts = (names, optional = []) => object(Object.fromEntries(names.map((name) => [name, natural])), optional)
const environment = object({
  os: string,
  hardware: string,
  runtime: string,
  hostname: string,
  variables: map(string),
  facts: { ...map(string), propertyNames: { pattern: '^[a-z0-9_]+(\\.[a-z0-9_]+)*$' } },
  commitments: map({ type: 'string', pattern: '^[0-9a-f]{32}$' }),
})
const packageUse = object({
  ecosystem: string,
  name: string,
  version: orNull(string),
  purl: { type: 'string', pattern: '^pkg:[a-z][a-z0-9.+-]*/.' },
  location: orNull(string),
  modified: list(string),
})
const process_ = object({
  pid: integer,
  parent: orNull(integer),
  argv: list(string),
  executable: orNull(string),
  cwd: orNull(string),
  exit_code: orNull(integer),
  signal: orNull(string),
  seen_by: orNull(string),
})

const job = object({
  ...jobHead,
  tags: map(string),
  git: orNull(git),
  tracer: orNull(tracer),
  inputs: list(edge(inputFields, ['base'])),
  outputs: list(edge({ ...edgeFields, base: orNull(base) })),
  deleted: list(object(path)),
  packages: list(packageUse),
  lock_files: list(object({ ...path, ecosystem: string, digests })),
  interpreters: list(object({ ...path, digests })),
  environment: orNull(environment),
  processes: list(process_),
  filtered: orNull(counts(categories, ['deleted'])),
  filtered_paths: list(object({ ...path, category: oneOf(...categories) })),
  still_running: list(integer),
  notes: list(string),
  timings_ms: orNull(object({ setup: number, child: number, observe: number, hash: number, record: number })),
})

const use = object({
  ...path,
  role: oneOf('input', 'output'),
  job: uid,
  step,
  execution: integer,
  session: sessionHash,
  argv: list(string),
  at: time,
})
/** Of an object of a store, `path` is the URL. */
const location = object(
  { ...path, endpoint: orNull(string), version_id: orNull(string), etag: orNull(string), seen_at: time },
  ['endpoint', 'version_id', 'etag', 'seen_at'],
)
const artifact = object(
  {
    digests,
    claims,
    size: orNull(natural),
    kind: oneOf('file', 'composite'),
    format: orNull(string),
    members: orNull(natural),
    first_seen: time,
    locations: list(location),
    produced_by: list(use),
    consumed_by: list(use),
    labels: { type: 'object' },
    reproductions: {
      ...list(reproductionOf),
      description: 'How often this content was made again here, newest first.',
    },
    asked: {
      ...orNull(object({ ...path, on_disk: oneOf('present', 'changed', 'missing', 'unknown', null) })),
      description: 'Where a path was asked for: that path, and whether it still holds this content.',
    },
  },
  ['reproductions', 'asked'],
)
const session = object({ hash: sessionHash, started_at: time, current: boolean, jobs: natural })

const nodeId = { type: 'string', pattern: '^(job|artifact):.' }
const staleFields = { stale: boolean, stale_because: orNull(string) }
const jobNode = object({
  id: { type: 'string', pattern: '^job:[0-9a-f]{8}$' },
  type: { const: 'job' },
  ...summaryFields,
  ...staleFields,
  superseded: boolean,
})
const artifactNode = object({
  id: { type: 'string', pattern: '^artifact:.' },
  type: { const: 'artifact' },
  digest: orNull(string),
  step: orNull(step),
  ...path,
  paths: list(string),
  size: orNull(natural),
  ...nodeKind,
  stale: boolean,
  superseded: boolean,
  dirty: boolean,
  code: boolean,
})
const graph = {
  nodes: list({ oneOf: [jobNode, artifactNode] }),
  edges: list(object({ from: nodeId, to: nodeId, ...path, role: oneOf('input', 'output') })),
}

const states = ['present', 'changed', 'missing', 'unknown']
const gone = {
  ...orNull(object({ step, moved_to: orNull(string) })),
  description: 'Of what is missing: the later step that has moved it (to an output of its own) or removed it.',
}
const check = object({ name: string, ok: boolean, detail: string, remedy: orNull(string) })
const setting = object({ key: string, value: any, origin: string, description: string })
const plugin = object({
  name: string,
  version: string,
  builtin: boolean,
  location: string,
  contributes: list(
    object({
      kind: oneOf('tracers', 'hashes', 'detectors', 'stores', 'registries', 'comparers', 'exporters', 'storages'),
      name: string,
    }),
  ),
})
const tracerReport = object({
  name: string,
  version: string,
  ok: boolean,
  summary: string,
  capabilities: { type: 'object' },
  checks: list(check),
  gaps: list(gap),
})
const errorFields = {
  code: { type: 'string', pattern: '^ROAR_[A-Z0-9_]+$' },
  message: string,
  cause: string,
  remedy: list(string),
  docs: string,
  data: { type: 'object' },
}

const documents = {
  ...publicationDocuments({ summary, check, step, sessionHash, counts }),
  ...reproductionDocuments,
  ...proofDocuments,
  ...answerDocuments,
  ...registryDocuments,
  artifact: ['One content: its digests, where it lies, who made it and who used it.', { artifact }],
  config: ['Settings, their values and where each came from.', { values: list(setting) }],
  dag: ['Jobs and artifacts as nodes, uses as edges.', { session: string, ...graph }],
  doctor: ['What works here and what does not.', { ok: boolean, checks: list(check) }],
  error: ['What went wrong, why, and the way out.', { error: object(errorFields) }],
  find: [
    'The artifacts that a digest may mean.',
    {
      query: string,
      matches: list(artifact),
      members: list(object({ of: string, ...path, size: natural, digests })),
      registry: object({ url: string, artifact: { type: 'object' } }),
    },
    ['registry'],
  ],
  hash: [
    'Digests of files, as the recorder computes them.',
    {
      files: list(
        object({ ...path, size: orNull(natural), digests, error: orNull(string), ...hashedComposite }, [
          ...Object.keys(hashedComposite),
        ]),
      ),
    },
  ],
  init: ['What `roar init` made.', { workspace: string, created: list(string), session: sessionHash }],
  inputs: [
    'The files that something was made from.',
    { of: string, inputs: list(edge({ ...inputFields, used_by: list(step) }, ['base'])) },
  ],
  job: ['One job with everything that is known of it.', { job }],
  lineage: [
    'What something comes from, or what comes from it.',
    { of: string, direction: oneOf('upstream', 'downstream'), session: string, ...graph },
  ],
  log: [
    'Jobs, newest last; `total` says how many match.',
    { session: orNull(sessionHash), total: natural, jobs: list(summary) },
  ],
  plugins: ['The active plugins and what they contribute.', { plugins: list(plugin) }],
  pop: ['The job that was dropped.', { job: summary }],
  reset: ['The session that was opened.', { before: orNull(session), session }],
  session: ['A session and its jobs, newest last.', { session, jobs: list(summary) }],
  status: [
    'Where a session stands: steps, outputs on disk, what is stale.',
    {
      workspace: string,
      session: orNull(session),
      steps: list(object({ ...summaryFields, ...staleFields })),
      outputs: list(
        object({ ...path, step, size: orNull(natural), digest: orNull(string), state: oneOf(...states), gone }, [
          'gone',
        ]),
      ),
      counts: counts(states),
      stale: list(step),
      running: list(summary),
      interrupted: list(summary),
      untracked_outputs: list(string),
      gitignore: list(string),
      git: orNull(object({ branch: orNull(string), commit: orNull(commit), dirty: boolean, blocks: boolean })),
    },
  ],
  transfer: [
    'What a `get` or `put` moved; of a dry run, what it would.',
    {
      kind: oneOf('get', 'put'),
      dry_run: boolean,
      job: orNull(uid),
      step: orNull(step),
      files: list(
        object({
          ...path,
          url: string,
          size: orNull(natural),
          digests,
          etag: orNull(string),
          version_id: orNull(string),
        }),
      ),
      ...movedComposites,
    },
  ],
  tracers: [
    'The tracers, what each can see, and whether it works here; and which one auto takes.',
    { tracers: list(tracerReport), auto: orNull(object({ name: string, reason: string })) },
  ],
}

if (process.argv.includes('--check')) {
  for (const name of staleSchemas(documents, out)) {
    console.error(`packages/core/schemas/${name} is not fresh: node packages/core/scripts/schemas.mjs`)
    process.exitCode = 1
  }
} else writeSchemas(documents, out)
