/** Composites as edges of the job. */
import type { BytePath } from '../byte-path.ts'
import type { InputEdge, OutputEdge } from '../model.ts'
import { relativeTo } from '../pipeline/relative-path.ts'
import type { FormedComposite } from './formed.ts'

export const compositeOutput = (root: BytePath, formed: FormedComposite): OutputEdge => ({
  path: relativeTo(root, formed.name),
  names: [],
  kind: 'composite',
  format: formed.format,
  members: formed.members,
  size: formed.size,
  digests: formed.digests,
  reason: formed.reason,
  access: formed.access,
  processes: formed.processes,
  code: false,
  composite: formed.use,
  // Members that the job has not touched are those of before.
  ...(formed.use.part !== null && { base: relativeTo(root, formed.name) }),
})

/** The commit vouches for it when it has every member that was read. */
export function compositeInput(root: BytePath, formed: FormedComposite, committed: ReadonlySet<BytePath>): InputEdge {
  const inCommit = committed.size > 0 && formed.files.every((file) => committed.has(file.path))
  return { ...compositeOutput(root, formed), base: null, inCommit, sourced: inCommit ? 'commit' : 'none' }
}
