/** What lies at a composite's root now, and which of it is a member. */
import type { BytePath } from '../byte-path.ts'
import {
  type ArtifactDetector,
  type CompositeFound,
  type CompositeMembers,
  type Probe,
  type TreeScan,
  treeKinds,
} from '../contracts.ts'
import type { CompositePort } from '../ports.ts'

export interface Listing {
  readonly root: BytePath
  readonly scan: TreeScan
  /** Places in the scan of whatever may be a member, in order. */
  readonly eligible: readonly number[]
  /** A directory in it could not be read: nobody knows what is there. */
  readonly isClosed: boolean
}

/** They change without the data: no part of an identity, wherever they lie in it. */
const boilerplate = new Set(['.gitattributes', '.gitignore', 'README.md', 'LICENSE', '.DS_Store'])

export interface ListingRoom {
  readonly port: CompositePort
  /** Is this file worth a record? */
  readonly keeps: (path: BytePath) => boolean
}

export async function listComposite(found: CompositeFound, { port, keeps }: ListingRoom): Promise<Listing | null> {
  const { root } = found
  // One with a name of its own lies directly in its root, beside things that have nothing to do with it.
  const scan = found.name === undefined ? await port.scan(root) : await port.scanDirect(root)
  if (scan === null) return null
  const eligible: number[] = []
  let isClosed = false
  for (let i = 0; i < scan.paths.length; i++) {
    const kind = scan.kinds[i]
    if (kind === treeKinds.closedDirectory) isClosed = true
    if (kind !== treeKinds.file && kind !== treeKinds.link) continue
    const path = scan.paths[i] as BytePath
    if (!boilerplate.has(baseName(path)) && keeps(`${root}/${path}` as BytePath)) eligible.push(i)
  }
  return { root, scan, eligible, isClosed }
}

const baseName = (path: BytePath): string => path.slice(path.lastIndexOf('/') + 1)

export interface Described extends CompositeMembers {
  readonly members: readonly BytePath[]
}

export function describe(
  found: CompositeFound,
  detector: ArtifactDetector,
  paths: readonly BytePath[],
  probe: Probe,
): Described {
  const said = detector.describe?.(found, paths, probe)
  if (!said) return { members: paths, incomplete: found.complete ? null : `${found.format}: not finished` }
  return { ...said, members: said.members ?? paths }
}
