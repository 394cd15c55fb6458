/** The tags that keep the commits of a publication: `roar/<session>/<commit>`, so that each has one name and making it again changes nothing. */

export interface CommitTag {
  readonly name: string
  /** The whole id. */
  readonly commit: string
}

export const tagPrefix = (session: string): string => `roar/${session.slice(0, 8)}/`

export function commitTags(session: string, commits: readonly string[]): readonly CommitTag[] {
  return [...new Set(commits)].map((commit) => ({ name: `${tagPrefix(session)}${commit.slice(0, 12)}`, commit }))
}
