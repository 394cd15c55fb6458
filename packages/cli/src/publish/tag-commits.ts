/** Tags the commits of a publication and pushes the tags, before anything is said to the registry: what it names must be there to be fetched. */
import { existsSync } from 'node:fs'
import type { GitState } from '@roar/core'
import { chooseRemote, commitTags, makeTags, pushTags, type Remote } from '@roar/host'

export interface TagReport {
  readonly policy: 'auto' | 'never'
  readonly tags: readonly TagLine[]
  readonly remotes: readonly Remote[]
  /** Work trees that have no remote to push to. */
  readonly withoutRemote: readonly string[]
}

export interface TagLine {
  readonly name: string
  readonly commit: string
  readonly remote: string | null
  /** `planned` and `kept` in a dry run, with and without a remote; `never` by the setting. */
  readonly state: 'planned' | 'kept' | 'never' | 'local' | 'pushed' | 'present'
}

export interface TagRequest {
  readonly session: string
  readonly policy: 'auto' | 'never'
  /** `--remote`. */
  readonly remote: string | null
  readonly states: readonly GitState[]
  /** Where the repository is now, if it is no longer where the jobs ran. */
  readonly root: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly dryRun: boolean
  readonly interactive: boolean
}

/** Of one work tree. */
interface TagGroup {
  readonly root: string
  readonly tags: Tags
  readonly remote: Remote | null
}

export type TagPlan = readonly TagGroup[]

/** Changes nothing, and refuses what would be refused. */
export async function planTags(request: TagRequest): Promise<TagPlan> {
  const plan: TagGroup[] = []
  for (const [root, states] of byRoot(request)) {
    const newest = states.at(-1) as GitState
    const tags = commitTags(
      request.session,
      states.map((one) => one.commit as string),
    )
    const question = { root, branch: newest.branch, asked: request.remote }
    const remote = request.policy === 'never' ? null : await chooseRemote(question, request.env)
    plan.push({ root, tags, remote })
  }
  return plan
}

/** By commit: where its tag goes, and with it whoever wants to have it. Commits whose tags go nowhere have none. */
export const taggedAt = (plan: TagPlan): ReadonlyMap<string, string> =>
  new Map(plan.flatMap(({ tags, remote }) => (remote === null ? [] : tags.map(({ commit }) => [commit, remote.url]))))

/** Some hosts take half a minute to wake up. Milliseconds. */
const remotePatience = 120_000

export async function tagCommits(plan: TagPlan, request: TagRequest): Promise<TagReport> {
  const report = { tags: [] as TagLine[], remotes: [] as Remote[], withoutRemote: [] as string[] }
  for (const { root, tags, remote } of plan) {
    if (remote !== null) report.remotes.push(remote)
    else report.withoutRemote.push(root)
    const states = await settle(request, root, tags, remote)
    const lineOf = (tag: Tags[number]) => ({ ...tag, remote: remote?.name ?? null })
    report.tags.push(...tags.map((tag) => ({ ...lineOf(tag), state: states.get(tag.name) as TagLine['state'] })))
  }
  return { policy: request.policy, ...report }
}

type Tags = ReturnType<typeof commitTags>

async function settle(request: TagRequest, root: string, tags: Tags, remote: Remote | null) {
  const all = (state: TagLine['state']) => new Map(tags.map((tag) => [tag.name, state]))
  if (request.policy === 'never') return all('never')
  if (request.dryRun) return all(remote === null ? 'kept' : 'planned')
  await makeTags(root, tags, request.session, request.env)
  if (remote === null) return all('local')
  const { env, interactive } = request
  const pushed = await pushTags(tags, { root, remote, env, interactive, patience: remotePatience })
  return new Map(pushed.map((tag) => [tag.name, tag.before ? ('present' as const) : ('pushed' as const)]))
}

/** Jobs of one session may have run in several repositories; a work tree that has moved is found where the workspace is. */
function byRoot({ states, root }: TagRequest): ReadonlyMap<string, GitState[]> {
  const groups = new Map<string, GitState[]>()
  for (const state of states) {
    if (state.commit === null) continue
    const at = existsSync(state.root) ? state.root : root
    const group = groups.get(at)
    if (group) group.push(state)
    else groups.set(at, [state])
  }
  return groups
}
