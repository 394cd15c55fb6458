/** Makes annotated tags that are not there yet. */
import { RoarError } from '@roar/core'
import { type Env, runGit } from '../run-git.ts'
import { againWhenLocked } from './again-when-locked.ts'
import type { CommitTag } from './tag-names.ts'

export interface MadeTag extends CommitTag {
  readonly state: 'made' | 'present'
}

/** Nothing is tagged unless every commit is there. `session`: what the tags' message names. */
export async function makeTags(
  root: string,
  tags: readonly CommitTag[],
  session: string,
  env: Env,
): Promise<readonly MadeTag[]> {
  await requireCommits(root, tags, env)
  const there = await tagsThere(root, env)
  const made: MadeTag[] = []
  const identity = await ownIdentity(root, env)
  for (const tag of tags) {
    const before = leadsThere(tag, there)
    const own = before ? false : await makeTag(root, tag, session, { ...env, ...identity })
    made.push({ ...tag, state: own ? 'made' : 'present' })
  }
  return made
}

function leadsThere(tag: CommitTag, there: ReadonlyMap<string, string>): boolean {
  const commit = there.get(tag.name)
  if (commit !== undefined && commit !== tag.commit) throw taken(tag, commit)
  return commit !== undefined
}

async function requireCommits(root: string, tags: readonly CommitTag[], env: Env): Promise<void> {
  const asked = Buffer.from(tags.map(({ commit }) => `${commit}^{commit}\n`).join(''))
  const said = await runGit(['cat-file', '--batch-check'], root, env, asked)
  const missing = said.output
    .toString()
    .split('\n')
    .filter((line) => line.endsWith(' missing'))
    .map((line) => line.slice(0, 40))
  if (said.status === 0 && missing.length === 0) return
  throw new RoarError('ROAR_GIT_COMMIT_MISSING', `${root} no longer has ${commitsText(missing)}.`, {
    cause: said.status === 0 ? 'The history was rewritten, or this is a shallow clone.' : said.errors.trim(),
    remedy: ['git fetch --unshallow', 'git fetch --all', 'roar config set git.push_tags never publishes without tags'],
    data: { missing },
  })
}

const commitsText = (missing: readonly string[]): string =>
  missing.length === 1 ? `commit ${missing[0]?.slice(0, 12)}` : `${missing.length} of the commits`

/** By name: the commits that tags of ours lead to. */
async function tagsThere(root: string, env: Env): Promise<ReadonlyMap<string, string>> {
  const format = '--format=%(refname:strip=2) %(*objectname) %(objectname)'
  const said = await runGit(['for-each-ref', format, 'refs/tags/roar/'], root, env)
  const lines = said.output.toString().split('\n').filter(Boolean)
  return new Map(
    lines.map((line) => {
      const [name, peeled, own] = line.split(' ') as [string, string, string]
      return [name, peeled || own]
    }),
  )
}

/** A tag names who made it; on a machine without a name (a build server) git refuses, and the tag is roar's own. */
async function ownIdentity(root: string, env: Env): Promise<Env> {
  const said = await runGit(['var', 'GIT_COMMITTER_IDENT'], root, env)
  return said.status === 0 ? {} : { GIT_COMMITTER_NAME: 'roar', GIT_COMMITTER_EMAIL: 'roar@localhost' }
}

/** Whether it was this one that made it: who publishes the same at the same moment may have come first. */
async function makeTag(root: string, tag: CommitTag, session: string, env: Env): Promise<boolean> {
  const { name, commit } = tag
  const message = `Published by roar: the code of jobs in session ${session}`
  // Not signed, whatever tag.gpgSign says: nobody is there to type a passphrase, and the record does not depend on it.
  const words = ['tag', '--annotate', '--no-sign', '--message', message, name, commit]
  const there = async () => leadsThere(tag, await tagsThere(root, env))
  const said = await againWhenLocked(() => runGit(words, root, env), there)
  if (said.status === 0) return true
  if (await there()) return false
  throw new RoarError('ROAR_GIT_TAG', `The tag ${name} cannot be made.`, {
    cause: said.errors.trim(),
    remedy: [`git -C ${root} tag --annotate ${name} ${commit.slice(0, 12)}`],
  })
}

const taken = ({ name, commit }: CommitTag, other: string): RoarError =>
  new RoarError('ROAR_GIT_TAG', `The tag ${name} leads to another commit.`, {
    cause: `It leads to ${other.slice(0, 12)}, not to ${commit.slice(0, 12)}: somebody has moved it.`,
    remedy: [`git tag --delete ${name}`],
  })
