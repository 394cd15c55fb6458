/** The remote that tags go to: the only one, the one that the branch follows, or origin; where that leaves a choice, the user is asked. */
import { RoarError } from '@roar/core'
import { absoluteAddress, type GitConfig, parseGitConfig, withoutCredentials } from '../git-config.ts'
import { type Env, runGit } from '../run-git.ts'

export interface Remote {
  readonly name: string
  /** Without credentials, and as it holds outside of this work tree and these settings. */
  readonly url: string
  /** Others that it could have been: nobody chose this one, but it is called origin. */
  readonly others?: readonly string[]
}

export interface RemoteQuestion {
  /** Of the work tree. */
  readonly root: string
  readonly branch: string | null
  /** By name; null lets us choose. */
  readonly asked: string | null
}

/** Null: the repository has no remote. */
export async function chooseRemote(question: RemoteQuestion, env: Env): Promise<Remote | null> {
  const chosen = choose(await readConfig(question.root, env), question)
  return chosen && { ...chosen, url: await addressOf(chosen, question.root, env) }
}

function choose(config: GitConfig, question: RemoteQuestion): Remote | null {
  const remotes = remotesOf(config)
  if (question.asked !== null) return named(remotes, question.asked)
  if (remotes.length <= 1) return remotes[0] ?? null
  const followed = remotes.find((one) => one.name === config.get(`branch.${question.branch}.remote`))
  return followed ?? origin(remotes)
}

/** `gh:owner/name` may be the user's own short form (`url.*.insteadOf`), which nobody else has. */
async function addressOf({ name, url }: Remote, root: string, env: Env): Promise<string> {
  const isShort = /^[^/:@]+:(?!\/\/)/.test(url)
  const said = isShort ? (await runGit(['remote', 'get-url', name], root, env)).output.toString().trim() : ''
  return absoluteAddress(root, withoutCredentials(said || url))
}

/** What git itself takes. The address that a job recorded decides nothing: of several it is the first. */
function origin(remotes: readonly Remote[]): Remote {
  const found = remotes.find((one) => one.name === 'origin')
  if (found === undefined) throw ambiguous(remotes)
  return { ...found, others: remotes.filter((one) => one !== found).map((one) => one.name) }
}

/** What `git config` gives, written as a file of its own would be, so that includes and the user's rewriting rules count. */
async function readConfig(root: string, env: Env): Promise<GitConfig> {
  const said = await runGit(['config', '--null', '--get-regexp', String.raw`^(remote|branch)\.`], root, env)
  const pairs = said.output.toString().split('\0').filter(Boolean)
  const values = new Map(parseGitConfig(''))
  for (const pair of pairs) {
    const at = pair.indexOf('\n')
    if (at > 0) values.set(pair.slice(0, at), pair.slice(at + 1))
  }
  return values
}

const remotesOf = (config: GitConfig): readonly Remote[] =>
  [...config].flatMap(([key, url]) => {
    const name = /^remote\.(.*)\.url$/s.exec(key)?.[1]
    return name === undefined || url === '' ? [] : [{ name, url: withoutCredentials(url) }]
  })

function named(remotes: readonly Remote[], name: string): Remote {
  const found = remotes.find((one) => one.name === name)
  if (found) return found
  throw new RoarError('ROAR_GIT_REMOTE_UNKNOWN', `There is no remote '${name}'.`, {
    cause:
      remotes.length === 0 ? 'The repository has none.' : `There are: ${remotes.map((one) => one.name).join(', ')}.`,
    remedy: ['git remote -v lists the remotes'],
  })
}

const ambiguous = (remotes: readonly Remote[]): RoarError =>
  new RoarError('ROAR_GIT_REMOTE_AMBIGUOUS', `The tags could go to ${remotes.length} remotes.`, {
    cause: remotes.map((one) => `${one.name}: ${one.url}`).join('\n'),
    remedy: [
      ...remotes.slice(0, 3).map((one) => `--remote ${one.name}`),
      'git push --set-upstream REMOTE BRANCH decides it for good',
    ],
    data: { remotes: remotes.map((one) => one.name) },
  })
