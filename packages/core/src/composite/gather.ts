/** Which of a job's files belong together: the groups that may become composites, and the files that stay files. */
import type { BytePath } from '../byte-path.ts'
import type { ClassifiedFile, ClassifiedJob, Membership } from '../classify/classified.ts'
import type { ArtifactDetector, CompositeFound } from '../contracts.ts'
import type { MadeLink } from '../observe/observed.ts'

export interface Group {
  readonly name: BytePath
  readonly found: CompositeFound
  readonly detector: ArtifactDetector
  readonly reads: ClassifiedFile[]
  readonly writes: ClassifiedFile[]
  /** Paths from before the job that are gone. */
  readonly deletes: BytePath[]
  /** Symbolic links that the job made. */
  readonly links: MadeLink[]
}

export interface Gathered {
  readonly groups: readonly Group[]
  readonly looseInputs: readonly ClassifiedFile[]
  readonly looseOutputs: readonly ClassifiedFile[]
}

export function gather({ inputs, outputs, deletions, links }: ClassifiedJob): Gathered {
  const groups = new Map<BytePath, Group>()
  const sort = (files: readonly ClassifiedFile[], into: 'reads' | 'writes'): readonly ClassifiedFile[] =>
    files.filter((file) => {
      if (!file.composite) return true
      groupOf(groups, file.composite)[into].push(file)
      return false
    })
  const looseInputs = sort(inputs, 'reads')
  const looseOutputs = sort(outputs, 'writes')
  for (const [membership, paths] of deletions) groupOf(groups, membership).deletes.push(...paths)
  for (const [membership, made] of links) groupOf(groups, membership).links.push(...made)
  return { groups: [...groups.values()], looseInputs, looseOutputs }
}

function groupOf(groups: Map<BytePath, Group>, { found, detector }: Membership): Group {
  const name = nameOf(found)
  const known = groups.get(name)
  if (known) return known
  const made: Group = { name, found, detector, reads: [], writes: [], deletes: [], links: [] }
  groups.set(name, made)
  return made
}

export const nameOf = (found: CompositeFound): BytePath => found.name ?? found.root
