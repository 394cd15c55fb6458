/** Gathers what `roar status` answers. */
import { type GraphRows, isUrl, type JobRow, type Staleness, type StatusFacts, staleness } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { checkOutputs, type RecordedOutput } from './check-outputs.ts'
import { readGit } from './read-git.ts'

export async function readStatus(services: Services): Promise<StatusFacts> {
  const { root } = await services.get('workspace')
  const git = services.get('git')
  const store = await services.get('storeReader')
  const session = await store.currentSession()
  const rows: GraphRows = session ? await store.graph({ session: session.id }) : { jobs: [], edges: [] }
  const state = staleness(rows)
  const recorded = newestOutputs(rows, state)
  const outputs = await checkOutputs({ store, root, hashes: () => services.get('hashes') }, recorded)
  return {
    workspace: root,
    session,
    steps: [...rows.jobs].sort(byStep),
    staleness: state,
    outputs,
    running: await store.runningJobs(),
    interrupted: session ? await store.jobs({ session: session.id, status: 'interrupted', limit: 20 }) : [],
    ...(await readGit(await git, root, recorded)),
  }
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
