/** Pushes tags to a remote, and knows afterwards that they are there. */
import { RoarError } from '@roar/core'
import { type Env, type GitAnswer, runGit } from '../run-git.ts'
import { againWhenLocked } from './again-when-locked.ts'
import type { Remote } from './remotes.ts'
import type { CommitTag } from './tag-names.ts'

export interface PushOptions {
  readonly root: string
  readonly remote: Remote
  readonly env: Env
  /** Somebody can answer git's and ssh's questions. */
  readonly interactive: boolean
  /** How long the remote may take to list its tags where nobody is there to end it; milliseconds. */
  readonly patience: number
}

export interface PushedTag extends CommitTag {
  /** It was there before, from here or from another clone. */
  readonly before: boolean
}

/** As many as fit on a command line in any case. */
const atOnce = 400

export async function pushTags(tags: readonly CommitTag[], options: PushOptions): Promise<readonly PushedTag[]> {
  if (tags.length === 0) return []
  const missing = await missingTags(tags, options)
  for (let at = 0; at < missing.length; at += atOnce) await push(missing.slice(at, at + atOnce), options)
  return tags.map((tag) => ({ ...tag, before: !missing.includes(tag) }))
}

async function missingTags(tags: readonly CommitTag[], options: PushOptions): Promise<readonly CommitTag[]> {
  const there = await remoteTags(options)
  for (const tag of tags) {
    const commit = there.get(tag.name)
    if (commit !== undefined && commit !== tag.commit) throw moved(tag, commit, options.remote)
  }
  return tags.filter((tag) => !there.has(tag.name))
}

/** By name: the commits they lead to. An annotated tag is listed twice, the second time with `^{}` and its commit. */
async function remoteTags(options: PushOptions): Promise<ReadonlyMap<string, string>> {
  const said = await ask(['ls-remote', options.remote.name, 'refs/tags/roar/*'], options, options.patience)
  if (said.status !== 0) throw refused(said, options, 0)
  const found = new Map<string, string>()
  for (const line of said.output.toString().split('\n').filter(Boolean)) {
    const [object, ref] = line.split('\t') as [string, string]
    found.set(ref.replace(/^refs\/tags\//, '').replace(/\^\{\}$/, ''), object)
  }
  return found
}

/** That somebody else publishes the same at the same moment, from here or from another clone, is no failure. */
async function push(tags: readonly CommitTag[], options: PushOptions): Promise<void> {
  const refs = tags.map(({ name }) => `refs/tags/${name}:refs/tags/${name}`)
  // Hooks of the repository that run before a push are for the user's own pushes: tests may take minutes.
  const words = ['push', '--no-verify', '--porcelain', options.remote.name, ...refs]
  const there = async () => (await missingTags(tags, options)).length === 0
  const said = await againWhenLocked(() => ask(words, options), there)
  if (said.status !== 0 && !(await there())) throw refused(said, options, tags.length)
}

function ask(words: readonly string[], { root, env, interactive }: PushOptions, patience?: number): Promise<GitAnswer> {
  const silent = {
    GIT_TERMINAL_PROMPT: '0',
    GIT_SSH_COMMAND: env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes -o ConnectTimeout=20',
  }
  return interactive ? runGit(words, root, env) : runGit(words, root, { ...env, ...silent }, undefined, patience)
}

function refused(said: GitAnswer, { remote }: PushOptions, tags: number): RoarError {
  const what = tags === 0 ? `The remote ${remote.name} cannot be read.` : `The tags cannot be pushed to ${remote.name}.`
  const words = said.errors.trim()
  return new RoarError('ROAR_GIT_PUSH', what, {
    cause: `${reason(words, remote)}\n${words.split('\n').slice(0, 6).join('\n')}`,
    remedy: [
      `git push ${remote.name} --tags tries it by hand`,
      '--remote NAME pushes elsewhere',
      'roar config set git.push_tags never publishes without pushing; then only who has the commits can reproduce',
    ],
    data: { remote: remote.name, url: remote.url },
  })
}

function reason(words: string, { url }: Remote): string {
  if (/does not appear to be a git repository|not found|does not exist|No such file/i.test(words))
    return `There is no repository at ${url}.`
  if (/permission|denied|read.only|not allowed|unable to create|protected|forbidden|403|insufficient/i.test(words))
    return `You may not write to ${url}.`
  if (/could not read (?:username|password)|authentication|terminal prompts disabled|publickey/i.test(words))
    return `${url} asks who you are, and nobody could answer.`
  if (/resolve host|timed out|connection|network/i.test(words)) return `${url} cannot be reached.`
  return `git refuses to write to ${url}.`
}

const moved = ({ name, commit }: CommitTag, other: string, remote: Remote): RoarError =>
  new RoarError('ROAR_GIT_TAG', `On ${remote.name} the tag ${name} leads to another commit.`, {
    cause: `It leads to ${other.slice(0, 12)}, not to ${commit.slice(0, 12)}.`,
    remedy: [`git push ${remote.name} --delete refs/tags/${name}`],
  })
