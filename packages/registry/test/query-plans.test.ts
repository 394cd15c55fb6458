/** No question that is asked often reads a whole table: a registry of a billion artifacts answers as one of a hundred does. */
import { CompiledQuery, sql } from 'kysely'
import { expect, it } from 'vitest'
import type { Published, Registration } from '../src/api/index.ts'
import { anonymous } from '../src/identity/principal.ts'
import { artifactsByName } from '../src/read/names.ts'
import type { Registry } from '../src/registry.ts'
import { fillMembers } from '../src/write/fill-members.ts'
import { fillNames } from '../src/write/fill-names.ts'
import { fillWords } from '../src/write/fill-words.ts'
import { sweep } from '../src/write/registrations.ts'
import { listOf, partOf, publishComposite } from './composites.ts'
import { type WatchedServer, watchedServer } from './watched-server.ts'
import { Client, claimsOf, digestOf, onEveryEngine } from './workbench.ts'

const commit = 'c'.repeat(40)
const cursor = Buffer.from(`1:${'61'.repeat(16)}`).toString('base64url')
const nameCursor = Buffer.from(`4:${'00'.repeat(20)}`).toString('base64url')

type Ask = (asked: { client: Client; registry: Registry; session: Published; small: Published }) => Promise<unknown>

const artifact =
  (path: string): Ask =>
  ({ client }) =>
    client.get(`/artifacts/${digestOf('f9')}${path}`)

/** Whatever comes with every file, every job, every page. */
const hot: Readonly<Record<string, Ask>> = {
  'a look-up': artifact(''),
  'a look-up by a prefix': ({ client }) => client.get(`/artifacts/${digestOf('f9').slice(0, 8)}`),
  'a batch': ({ client }) => client.post('/artifacts/find', { digests: [digestOf('f1'), digestOf('f2')] }),
  'a look-up of a member': ({ client }) => client.get(`/artifacts/${digestOf('part')}`),
  'a batch of members': ({ client }) => client.post('/artifacts/find', { digests: [digestOf('part'), digestOf('no')] }),
  'a lineage': artifact('/lineage?depth=50'),
  'a lineage downwards': artifact('/lineage?depth=50&direction=down'),
  'a recipe': artifact('/reproduction'),
  receipts: artifact('/receipts'),
  'a receipt': ({ client }) =>
    client.post('/receipts', { receipt_id: 'r'.repeat(32), hash: digestOf('f9'), verdict: 'identical' }),
  'a job': ({ client, session }) => client.get(`/jobs/${session.jobs[0]?.id}`),
  'a session': ({ client, session }) => client.get(`/sessions/${session.hash}`),
  'a session to be made again': ({ client, session }) => client.get(`/sessions/${session.hash}/reproduction`),
  registering: register,
  'taking back': ({ client, small }) => client.ask('DELETE', `/sessions/${small.hash}`),
  sweeping: ({ registry }) => sweep(registry),
  'looking for names once': ({ registry }) => fillNames(registry),
  'looking for members once': ({ registry }) => fillMembers(registry),
  'looking for words once': ({ registry }) => fillWords(registry),
}

/** What goes on from page to page is read in the order of an index, not sorted. */
const pages: Readonly<Record<string, Ask>> = {
  sessions: ({ client }) => client.get(`/sessions?cursor=${cursor}`),
  'jobs by words': ({ client }) => client.get(`/jobs?command=make&cursor=${cursor}`),
  'jobs by several words': ({ client }) => client.get(`/jobs?command=make%20j7&cursor=${cursor}`),
  'jobs by words and facts': ({ client }) => client.get(`/jobs?command=make&commit=${commit}&cursor=${cursor}`),
  'jobs by signs': ({ client }) => client.get(`/jobs?command=--&cursor=${cursor}`),
  'jobs by a commit': ({ client }) => client.get(`/jobs?commit=${commit}&cursor=${cursor}`),
  'jobs by two facts': ({ client }) => client.get(`/jobs?commit=${commit}&label=x&cursor=${cursor}`),
  names: ({ registry }) => artifactsByName(registry, anonymous, 'data', { limit: 9, cursor: nameCursor }),
  'members of a composite': artifact(`/components?cursor=${cursor}`),
  'receipts further on': artifact(`/receipts?cursor=${cursor}`),
}

/** A refusal would ask nothing more. */
async function answered(name: string, answer: Promise<unknown>): Promise<void> {
  const { status = 200, body } = ((await answer) ?? {}) as { status?: number; body?: unknown }
  if (status >= 300) throw new Error(`${name}: ${status} ${JSON.stringify(body)}`)
}

async function register({ client }: { client: Client }): Promise<unknown> {
  const { body } = await client.post<Registration>('/registration-sessions', { mode: 'attributed' })
  const at = `/registration-sessions/${body.registration_session_id}`
  const { jobs, artifacts, links } = claimsOf({ again: [['f9'], ['new']] })
  await client.post(`${at}/jobs/batch`, { jobs })
  await client.post(`${at}/artifacts/batch`, { artifacts })
  await client.post(`${at}/links/batch`, { links })
  await client.post(`${at}/artifacts/components/batch`, { lists: [listOf('new', [partOf('piece')])] })
  return client.post(`${at}/finalize`, { git_commit: commit })
}

onEveryEngine('Of a question that is asked often', (place) => {
  it('no part reads a whole table, and a page is read in its order', async () => {
    const registry = await place.registry()
    const ada = await registry.account('ada')
    const steps = Array.from({ length: 200 }, (_, at) => [`j${at}`, [[`f${at}`], [`f${at + 1}`]]] as const)
    const scope = { owner_resolution: 'current_user', visibility: 'public' }
    const small = await ada.publish({ other: [['f0'], ['g']] }, scope)
    for (let at = 0; at < 12; at++) await ada.publish({ [`other${at}`]: [['f0'], [`g${at}`]] }, scope)
    const parts = Array.from({ length: 300 }, (_, at) => partOf(at === 9 ? 'part' : `part${at}`))
    await publishComposite(ada, 'set', parts, scope)
    const session = await ada.publish(Object.fromEntries(steps) as never, scope)
    const server = await watchedServer(registry)
    const asked = { client: new Client(server.app, ada.authorization), registry: server.registry, session, small }
    const faults: string[] = []
    for (const [name, ask] of Object.entries({ ...pages, ...hot }))
      for (const query of await server.queriesDuring(() => answered(name, ask(asked)))) {
        const found = await faultsOf(server, query, name in pages && / limit /.test(query.sql))
        faults.push(...found.map((fault) => `${name}: ${fault}: ${query.sql.slice(0, 300)}`))
      }
    expect(faults).toEqual([])
    await server.app.close()
  })
})

async function faultsOf(
  { registry }: WatchedServer,
  query: CompiledQuery,
  ordered: boolean,
): Promise<readonly string[]> {
  const { read, engine } = registry.database
  const explained = CompiledQuery.raw(`${explain[engine]} ${query.sql}`, [...query.parameters])
  if (engine === 'sqlite') {
    const { rows } = await read.executeQuery<{ detail: string }>(explained)
    return sqliteFaults(rows, ordered)
  }
  const [answer] = await read.transaction().execute(async (tx) => {
    // So small a table it reads whole, and sorts, and that is right: what is asked here is whether it could do without.
    for (const way of ['seqscan', 'hashjoin', 'mergejoin', 'material', 'sort'])
      await sql.raw(`SET LOCAL enable_${way} = off`).execute(tx)
    return (await tx.executeQuery<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>(explained)).rows
  })
  return answer ? nodesOf(answer['QUERY PLAN'][0].Plan).flatMap((node) => postgresFaults(node, ordered)) : []
}

const explain = { sqlite: 'EXPLAIN QUERY PLAN', postgres: 'EXPLAIN (FORMAT JSON)' }

/** What a part of the statement has made may be read from end to end. */
function sqliteFaults(rows: readonly { detail: string }[], ordered: boolean): readonly string[] {
  const made = rows.flatMap(({ detail }) => /^(?:CO-ROUTINE|MATERIALIZE) (.*)/.exec(detail)?.[1] ?? [])
  return rows
    .map(({ detail }) => detail)
    .filter((detail) => {
      if (ordered && /TEMP B-TREE FOR (LAST|RIGHT|ORDER)/.test(detail)) return true
      const scanned = /^SCAN (\S+)/.exec(detail)?.[1]
      return scanned !== undefined && scanned !== 'CONSTANT' && ![...made, 'ahead'].includes(scanned)
    })
}

interface PlanNode {
  readonly 'Node Type': string
  readonly 'Relation Name'?: string
  readonly 'Index Cond'?: string
  readonly Plans?: readonly PlanNode[]
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

function postgresFaults(node: PlanNode, ordered: boolean): readonly string[] {
  const type = node['Node Type']
  if (type === 'Seq Scan') return [`Seq Scan of ${node['Relation Name']}`]
  if (/^(Index|Index Only|Bitmap Index) Scan$/.test(type) && node['Index Cond'] === undefined)
    return [`the whole of an index of ${node['Relation Name']}`]
  return ordered && type === 'Sort' ? ['Sort'] : []
}
