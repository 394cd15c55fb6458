/** Which repository and commits the steps ran from, and where they may be fetched. */
import { stepName } from '@roar/core'
import type { Recipe } from '../recipe/recipe.ts'
import type { SourcePlan } from './plan.ts'

export function planSource(recipe: Recipe): SourcePlan | null {
  const commits = new Map<string, { commit: string; branch: string | null; steps: string[] }>()
  for (const { source, step } of recipe.steps) {
    if (source?.commit == null) continue
    const known = commits.get(source.commit)
    if (known) known.steps.push(stepName(step))
    else commits.set(source.commit, { commit: source.commit, branch: source.branch, steps: [stepName(step)] })
  }
  return commits.size === 0 ? null : { repositories: repositories(recipe), commits: [...commits.values()] }
}

/** The remote as recorded, the same over HTTPS where it is asked by ssh, others that it was published with, and the work tree that ran it, if it is on this machine. */
function repositories(recipe: Recipe): readonly string[] {
  const remotes = recipe.steps.flatMap(({ source }) => (source?.repository ? [source.repository] : []))
  const locals = recipe.steps.flatMap(({ source }) => (source?.local ? [source.local] : []))
  const mirrors = recipe.steps.flatMap(({ source }) => source?.mirrors ?? [])
  return [...new Set([...remotes, ...remotes.flatMap(overHttps), ...mirrors, ...locals])]
}

/** `git@host:owner/name.git` and `ssh://git@host/owner/name.git`: a key may be needed for one, and nothing for the other. */
export function overHttps(url: string): readonly string[] {
  const [, host, path] = /^(?:ssh:\/\/)?(?:[\w.-]+@)([\w.-]+)(?::(?:\d+\/)?|\/)(.+)$/.exec(url) ?? []
  return host === undefined || path === undefined ? [] : [`https://${host}/${path}`]
}
