/** Gathers what `roar status` answers. */
import {
  type GraphRows,
  isUrl,
  type JobRow,
  type LineageStore,
  type Staleness,
  type StatusFacts,
  staleness,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { checkOutputs, type RecordedOutput } from './check-outputs.ts'
import { readGit } from './read-git.ts'
import { withRemovals } from './removals.ts'

export async function readStatus(services: Services): Promise<StatusFacts> {
  const { root } = await services.get('workspace')
  const git = services.get('git')
  const store = await services.get('storeReader')
  const session = await store.currentSession()
  const rows: GraphRows = session ? await store.graph({ session: session.id }) : { jobs: [], edges: [] }
  const state = staleness(rows)
  const recorded = newestOutputs(rows, state)
  const checked = await checkOutputs({ store, root, hashes: () => services.get('hashes') }, recorded)
  return {
    workspace: root,
    session,
    steps: [...rows.jobs].sort(byStep),
    staleness: state,
    outputs: await withRemovals(store, checked),
    ...(await unfinished(store, session?.id ?? null)),
    ...(await readGit(await git, root, recorded)),
  }
}

/** There are few of all sessions together: picking them here saves the store from loading what it asks by several conditions with. */
async function unfinished(
  store: LineageStore,
  session: number | null,
): Promise<Pick<StatusFacts, 'running' | 'interrupted'>> {
  const begun = await store.runningJobs()
  const lost = begun.filter((job) => job.status === 'interrupted')
  const all = session === null ? [] : [...lost, ...(await store.jobs({ status: 'interrupted' }))]
  const interrupted = all.filter((job) => job.session === session).sort((a, b) => b.id - a.id)
  return { running: begun.filter((job) => job.status === 'running'), interrupted: interrupted.slice(0, 20) }
}

/** The last job to write a path answers for it. */
const newestOutputs = (rows: GraphRows, { newest }: Staleness): readonly RecordedOutput[] =>
  rows.edges.flatMap((edge) => {
    const made = newest.get(edge.path)
    // What lies in a store is asked of it by `roar verify`, not by every look at the session.
    return edge.role === 'output' && made?.job.id === edge.job && !isUrl(edge.path) ? [{ ...edge, job: made.job }] : []
  })

const byStep = (a: JobRow, b: JobRow): number =>
  Number(b.kind === 'build') - Number(a.kind === 'build') || a.step.number - b.step.number
