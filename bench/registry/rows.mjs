// Rows of the registry's public realm, made as its server makes them (packages/registry/src/realm/realm.ts), for filling a database in bulk.
import { createHash } from 'node:crypto'

export const depth = 50
export const digest = (name) => createHash('sha256').update(name).digest('hex')

const keyed = (use, value) => createHash('sha256').update(`${use}\0`).update(value).digest()
const artifactId = (name) => keyed('artifact\0blake3', Buffer.from(digest(name), 'hex')).subarray(0, 16)
const termOf = (field, value) => keyed(`term\0${field}`, value).subarray(0, 16)

/** Of a pipeline of `depth` jobs, each of which makes one artifact of the one before; the first reads one that a hundred others read, too. */
export function pipeline(chain) {
  return Array.from({ length: depth }, (_, at) => ({
    uid: `${chain.toString(16)}-${at}`,
    inputs: [at === 0 ? `shared ${chain % 100}` : `${chain} ${at - 1}`],
    output: `${chain} ${at}`,
    at: chain * depth + at,
  }))
}

export const commit = 'c'.repeat(40)
export const repository = 'https://git.example/r'
export const commandOf = (one) => `python step.py --in ${one.inputs[0]} --out ${one.output}`

export const columns = {
  artifacts: ['id', 'realm', 'visibility', 'algorithm', 'digest', 'size', 'kind', 'first_at'],
  digests: ['key', 'artifact', 'registrar', 'realm', 'algorithm', 'digest', 'proof', 'at'],
  jobs: 'id realm visibility uid kind step command repository revision started_at duration_ms exit_code dirty document first_at'.split(
    ' ',
  ),
  edges: ['job', 'role', 'artifact', 'place', 'path'],
  names: ['form', 'artifact', 'realm', 'job'],
  terms: ['term', 'at', 'job'],
  words: ['term', 'at', 'job'],
  sessions: ['hash', 'realm', 'scope', 'visibility', 'jobs_count', 'direct', 'created_at'],
  session_jobs: ['session', 'job', 'step'],
}

/** The rows of these pipelines by table, each in the order of `columns`. */
export function rowsOf(chains) {
  const rows = Object.fromEntries(Object.keys(columns).map((table) => [table, []]))
  for (const chain of chains) addChain(rows, chain)
  // In the order of their keys: neighbours go to the same pages.
  for (const list of Object.values(rows)) list.sort((a, b) => Buffer.compare(a[0], b[0]))
  return rows
}

function addChain(rows, chain) {
  const session = keyed('session', String(chain))
  rows.sessions.push([session, 0, 'anonymous', 0, depth, 0, Date.now()])
  for (const one of pipeline(chain)) {
    const job = keyed('job', one.uid).subarray(0, 16)
    const started = 1_700_000_000_000 + one.at * 1000
    const step = one.at % depth
    const document = JSON.stringify({ argv: commandOf(one).split(' '), cwd: '.', unhashed: [] })
    rows.jobs.push([
      job,
      0,
      0,
      one.uid,
      'run',
      step,
      commandOf(one),
      repository,
      commit,
      started,
      1000,
      0,
      0,
      document,
      started,
    ])
    rows.session_jobs.push([session, job, step])
    addArtifact(rows, one.output, job)
    // What many read is there once: the first of its readers brings it.
    if (step === 0 && chain < 100) addArtifact(rows, one.inputs[0], job)
    addEdge(rows, job, 0, one.inputs[0])
    addEdge(rows, job, 1, one.output)
    for (const term of [termOf('uid', one.uid), termOf('repository', repository), termOf('commit', commit)])
      rows.terms.push([term, started, job])
    for (const word of new Set(commandOf(one).match(/[a-z0-9]+/g)))
      rows.words.push([keyed('word', word).subarray(0, 8), started, job])
  }
}

function addArtifact(rows, name, job) {
  const bytes = Buffer.from(digest(name), 'hex')
  const id = artifactId(name)
  const at = 1_700_000_000_000
  rows.artifacts.push([id, 0, 0, 'blake3', bytes, 1000, 0, at])
  rows.digests.push([bytes.subarray(0, 16), id, '', 0, 'blake3', bytes, 0, at])
  const tails = [`data/${name}`, name, ...name.split(' ').slice(1)]
  for (const tail of tails) rows.names.push([Buffer.from(tail), id, 0, job])
}

const addEdge = (rows, job, role, name) =>
  rows.edges.push([job, role, artifactId(name), keyed('path', `data/${name}`).subarray(0, 8), `data/${name}`])

const chainsAtOnce = 1000

/** `insert(table, columns, rows)` for every table, some thousand pipelines at a time; `progress(done)` between them, in artifacts. */
export async function fill(artifacts, insert, progress = () => undefined) {
  const chains = Math.ceil(artifacts / depth)
  for (let from = 0; from < chains; from += chainsAtOnce) {
    const some = Array.from({ length: Math.min(chainsAtOnce, chains - from) }, (_, i) => from + i)
    for (const [table, rows] of Object.entries(rowsOf(some))) await insert(table, columns[table], rows)
    progress((from + some.length) * depth)
  }
}
