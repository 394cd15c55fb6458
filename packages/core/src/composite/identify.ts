/** A list of members, identified: its tree, the flat digests of others, and the pages that a store keeps. Done once a list. */
import type { BytePath } from '../byte-path.ts'
import type { Digests, Manifest } from '../model.ts'
import type { CompositePort } from '../ports.ts'
import { flatDigests } from './flat-digest.ts'
import { manifestOf, pagedList } from './manifest-page.ts'
import { type MemberList, selected } from './member-list.ts'
import { type CompositeTree, compositeTree, hexRoot } from './tree.ts'

export interface Identified {
  readonly tree: CompositeTree
  /** `blake3` is the tree's root. */
  readonly digests: Digests
  readonly manifest: Manifest
}

function carrying(list: MemberList, carriesData: (path: BytePath) => boolean): MemberList {
  const places = [...list.paths.keys()].filter((place) => carriesData(list.paths[place] as BytePath))
  return places.length === list.paths.length ? list : selected(list, places)
}

const done = new WeakMap<MemberList, Identified>()

/** `carriesData`: of the members that others' flat digests cover; all if absent. */
export function identify(
  list: MemberList,
  port: Pick<CompositePort, 'hashEach' | 'hasher'>,
  carriesData?: (path: BytePath) => boolean,
): Identified {
  const known = done.get(list)
  if (known) return known
  const tree = compositeTree(list, (data, ends) => port.hashEach(data, ends))
  const digests = { blake3: hexRoot(tree), ...flatDigests(carriesData ? carrying(list, carriesData) : list, port) }
  const identified = { tree, digests, manifest: manifestOf(pagedList(list), tree) }
  done.set(list, identified)
  return identified
}
