/** Gathers what `roar status` answers. */
import {
  type CheckedOutput,
  type GraphRows,
  type JobRow,
  type LineageStore,
  newestExecutions,
  type Staleness,
  type StatusFacts,
  staleness,
} from '@roar/core'
import type { Services } from '../composition/services.ts'
import { checkOutputs } from './check-outputs.ts'
import { newestOutputs } from './newest-outputs.ts'
import { UntrackedOutputs } from './read-git.ts'
import { withRemovals } from './removals.ts'

export interface StatusQuestion {
  /** Every output is wanted, and not only those that are not as they were. */
  readonly every: boolean
  readonly digests: boolean
}

export async function readStatus(services: Services, question: StatusQuestion): Promise<StatusFacts> {
  const { root } = await services.get('workspace')
  const git = services.get('git')
  const store = await services.get('storeReader')
  const session = await store.currentSession()
  const rows = session ? await readRows(store, session.id) : { jobs: [], edges: [] }
  const state = staleness(rows)
  const untracked = await UntrackedOutputs.in(await git, root)
  const { outputs, counts } = await readOutputs(services, { rows, state, question, untracked })
  return {
    workspace: root,
    session,
    // Earlier ones that still have a part in the graph are no steps of their own.
    steps: [...newestExecutions(rows.jobs).values()].sort(byStep),
    staleness: state,
    outputs: await withRemovals(store, outputs),
    counts,
    ...(await unfinished(store, session?.id ?? null)),
    ...(await untracked.facts()),
  }
}

/** Of very many outputs it is enough to have what other jobs have to do with; the others are asked for part by part. */
const readRows = (store: LineageStore, session: number): Promise<GraphRows> =>
  store.graph({ session, ...(store.madeFiles && { mostOutputs: 0 }) })

interface Wanted {
  readonly rows: GraphRows
  readonly state: Staleness
  readonly question: StatusQuestion
  readonly untracked: UntrackedOutputs
}

async function readOutputs(
  services: Services,
  { rows, state, question, untracked }: Wanted,
): Promise<Pick<StatusFacts, 'outputs' | 'counts'>> {
  const { root } = await services.get('workspace')
  const store = await services.get('storeReader')
  const counts = { present: 0, changed: 0, missing: 0, unknown: 0 }
  const outputs: CheckedOutput[] = []
  for await (const some of newestOutputs(store, rows, state, question.digests))
    for (const one of await checkOutputs({ store, root, hashes: () => services.get('hashes') }, some)) {
      counts[one.state]++
      untracked.see(one.path)
      if (question.every || one.state !== 'present') outputs.push(one)
    }
  return { outputs, counts }
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

const byStep = (a: JobRow, b: JobRow): number =>
  Number(b.kind === 'build') - Number(a.kind === 'build') || a.step.number - b.step.number
