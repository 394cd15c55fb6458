/** How contents are named in every format: by digest, else by path. */
import type { JobBody } from '@roar/core'

export type Edge = JobBody['inputs'][number] | JobBody['outputs'][number]

/** A stable name without characters that need escaping: `blake3_3f…`. */
export function localName(edge: Pick<Edge, 'digests' | 'path'>, job: JobBody): string {
  const [first] = Object.entries(edge.digests)
  return first ? `${first[0]}_${first[1]}` : `unknown_${job.uid}_${Buffer.from(edge.path).toString('hex')}`
}

/** `git+https://host/owner/name@commit`. */
export const gitUri = ({ git }: JobBody): string | null =>
  git?.commit ? `git+${git.repository ?? 'file://unknown'}@${git.commit}` : null

export const commandLine = (job: JobBody): string => job.argv.join(' ')
