/** Composites as edges of the job. */
import type { BytePath } from '../byte-path.ts'
import type { Edge, InputEdge, OutputEdge } from '../model.ts'
import { relativeTo } from '../pipeline/relative-path.ts'
import type { FormedComposite } from './formed.ts'

export const compositeOutput = (root: BytePath, formed: FormedComposite): OutputEdge => ({
  ...compositeEdge(root, formed),
  ...baseIn(root, formed),
})

const compositeEdge = (root: BytePath, formed: FormedComposite): Edge => ({
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
})

function baseIn(root: BytePath, formed: FormedComposite): Pick<OutputEdge, 'base' | 'readBack'> {
  const base = baseOf(formed)
  if (base === null) return {}
  return { base: relativeTo(root, base), readBack: formed.files.some((file) => file.readBack) }
}

/** Members that the job has not touched are those of before; where it has moved or changed a file, what that was a member of. */
function baseOf({ name, use, files }: FormedComposite): BytePath | null {
  if (use.part !== null) return name
  for (const { path, base } of files) {
    if (base === path) return name
    // Below the composite, or beside its name where that is a pattern.
    const within = path.startsWith(`${name}/`) ? name.length : path.lastIndexOf('/')
    const inner = path.slice(within)
    if (base?.endsWith(inner)) return `${base.slice(0, -inner.length)}${name.slice(within)}` as BytePath
  }
  return null
}

/** The commit vouches for it when it has every member that was read. */
export function compositeInput(root: BytePath, formed: FormedComposite, committed: ReadonlySet<BytePath>): InputEdge {
  const inCommit = committed.size > 0 && formed.files.every((file) => committed.has(file.path))
  return { ...compositeEdge(root, formed), inCommit, sourced: inCommit ? 'commit' : 'none' }
}
