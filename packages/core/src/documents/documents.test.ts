/** Every document that the core makes is valid by its published schema, whatever the record holds. */
import { readdirSync, readFileSync } from 'node:fs'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { describe, expect, it } from 'vitest'
import { type BytePath, fromBuffer, fromString } from '../byte-path.ts'
import { RoarError } from '../errors.ts'
import { exampleJob } from '../graph/example-job.test-data.ts'
import { staleness } from '../graph/staleness.ts'
import type { ArtifactRecord, GraphRows, JobRecord, StoredInput, StoredOutput } from '../store.ts'
import { artifactDocument, findDocument, undigestedDocument } from './artifact-document.ts'
import { dagDocument } from './dag-document.ts'
import { errorDocument } from './error-document.ts'
import { jobDocument } from './job-document.ts'
import { gatherInputs, inputsDocument, lineageDocument } from './lineage-document.ts'
import { logDocument, sessionDocument } from './session-document.ts'
import { statusDocument } from './status-document.ts'

const folder = new URL('../../schemas/', import.meta.url)
const ajv = new Ajv2020.default({ allErrors: true })
addFormats.default(ajv)
for (const name of readdirSync(folder)) ajv.addSchema(JSON.parse(readFileSync(new URL(name, folder), 'utf8')))

/** As a program would read it: through text. */
function problems(document: { readonly schema: string }): unknown {
  const validate = ajv.getSchema(`urn:${document.schema.replace('.', ':').replace('/', ':')}`)
  if (!validate) return `no schema for ${document.schema}`
  return validate(JSON.parse(JSON.stringify(document))) ? null : validate.errors
}

const notUtf8 = fromBuffer(Uint8Array.of(0x64, 0xff, 0x0a, 0x5c))
const digests = { blake3: 'ab'.repeat(32), sha256: 'cd'.repeat(32) }

const output = (path: BytePath): StoredOutput => ({
  path,
  names: [],
  kind: 'file',
  format: null,
  members: null,
  size: 12,
  digests,
  reason: null,
  access: ['created', 'written'],
  processes: [17],
  code: false,
  artifact: 1,
})
const input = (path: BytePath): StoredInput => ({
  ...output(path),
  access: ['read'],
  sourced: 'none',
  inCommit: false,
  producer: { kind: 'build', number: 2 },
  producerUid: '0000000b',
})

const row = exampleJob({ id: 1 })
const record: JobRecord = {
  row,
  start: {
    kind: 'run',
    name: null,
    step: null,
    argv: row.argv,
    cwd: '.',
    startedAt: row.startedAt,
    git: null,
    tags: { stage: 'train' },
    traceLog: null,
    recorderPid: 1,
    recorderStart: '1',
  },
  outcome: {
    status: 'completed',
    endedAt: row.startedAt + 5,
    durationMs: 5,
    exit: { exitCode: 0, signal: null },
    tracer: {
      name: 'preload',
      version: '0.1.0',
      reason: 'it works here',
      lost: 0,
      coverage: { complete: false, gaps: [{ code: 'static-binary', count: 1, detail: '/bin/tool' }] },
    },
    inputs: [input(fromString('größe.csv')), { ...input(notUtf8), digests: {}, reason: 'vanished', size: null }],
    outputs: [output(notUtf8)],
    deleted: [fromString('old')],
    packages: [
      { ecosystem: 'pypi', name: 'numpy', version: null, purl: 'pkg:pypi/numpy', location: null, modified: [] },
    ],
    environment: { os: 'Linux', hardware: 'x86-64', runtime: 'python', hostname: 'h', variables: { LANG: 'C' } },
    processes: [
      {
        pid: 17,
        parent: null,
        argv: ['true'],
        executable: fromString('/bin/true'),
        cwd: notUtf8,
        exitCode: 0,
        signal: null,
        seenBy: null,
      },
    ],
    filtered: {
      counts: { system: 1, package: 0, internal: 0, temporary: 0, ignored: 0, credential: 0, deleted: 0 },
      paths: [{ category: 'system', path: fromString('/lib/x') }],
    },
    timings: { setup: 1, child: 2, observe: 3, hash: 4, record: 5 },
    stillRunning: [],
    notes: [],
  },
}
const use = { artifact: null, job: row, role: 'output', path: notUtf8 } as const
const artifact: ArtifactRecord = {
  id: 1,
  kind: 'file',
  format: null,
  members: null,
  size: 12,
  digests,
  claims: {},
  firstSeen: row.startedAt,
  locations: [notUtf8],
  remote: [],
  producedBy: [use],
  consumedBy: [],
}
const session = { id: 1, hash: 'f'.repeat(32), startedAt: row.startedAt, current: true, jobs: 1 }
const rows: GraphRows = {
  jobs: [row],
  edges: [
    {
      job: 1,
      artifact: 1,
      path: notUtf8,
      role: 'output',
      size: 12,
      digest: digests.blake3,
      producer: null,
      code: false,
    },
    {
      job: 1,
      artifact: null,
      path: fromString('gone'),
      role: 'input',
      size: null,
      digest: null,
      producer: null,
      code: false,
    },
  ],
}

describe('a document', () => {
  it.each([
    ['a whole job', jobDocument(record)],
    [
      'a job that still runs',
      jobDocument({ ...record, row: { ...row, status: 'running', endedAt: null, durationMs: null }, outcome: null }),
    ],
    ['an artifact', artifactDocument(artifact)],
    ['a path whose bytes nobody could hash', undigestedDocument([use])],
    ['what a digest may mean', findDocument('abababab', [artifact])],
    ['a session', sessionDocument(session, [row])],
    ['a log', logDocument(null, [row], 7)],
    ['a graph', dagDocument(rows, { session: session.hash })],
    [
      'a lineage',
      lineageDocument(rows, { of: '@1', direction: 'upstream', session: session.hash, staleness: staleness(rows) }),
    ],
    ['the inputs of something', inputsDocument('@1', gatherInputs([record, record]))],
    [
      'a status',
      statusDocument({
        workspace: '/w',
        session,
        steps: [row],
        staleness: staleness(rows),
        outputs: [{ path: notUtf8, job: row, size: 12, digest: digests.blake3, state: 'changed' }],
        counts: { present: 0, changed: 1, missing: 0, unknown: 0 },
        running: [],
        interrupted: [],
        git: null,
        blocked: false,
        untracked: [notUtf8],
        gitignore: ['/out'],
      }),
    ],
    ['an error of roar', errorDocument(new RoarError('ROAR_USAGE', 'No.', { remedy: ['Yes.'] }))],
    ['an error of anybody', errorDocument(new TypeError('x is not a function'))],
  ] as const)('is valid by its schema: %s', (_, document) => {
    expect(problems(document)).toBeNull()
  })

  it('shows a path that is not UTF-8 escaped, and carries its bytes', () => {
    const [shown] = jobDocument(record).job.outputs
    expect(shown?.path).toBe('d\\xff\\x0a\\\\')
    expect(Buffer.from(shown?.path_b64 ?? '', 'base64')).toEqual(Buffer.of(0x64, 0xff, 0x0a, 0x5c))
  })

  it('carries no second form of a path that is UTF-8', () => {
    expect(jobDocument(record).job.inputs[0]).not.toHaveProperty('path_b64')
  })

  it('has a schema for each file in the folder, under the name of the document', () => {
    for (const name of readdirSync(folder)) {
      expect(ajv.getSchema(`urn:roar:${name.replace('.schema.json', '')}:1`)?.schema).toMatchObject({
        title: `roar.${name.replace('.schema.json', '')}/1`,
      })
    }
  })
})
