/** Rows by which a composite is found by the digest of one of its members. */
import type { Component } from '../api/index.ts'
import { digestBytes } from '../realm/digest.ts'
import { digestKey, type Realm } from '../realm/realm.ts'
import type { Row } from '../schema/tables.ts'

/** Older clients name one digest of a member; ours may name further ones. */
export function digestsOf({ component_algorithm, component_digest, hashes = [] }: Component): readonly NamedDigest[] {
  const own = component_digest ? [{ algorithm: component_algorithm ?? '', digest: component_digest }] : []
  return [...own, ...hashes]
}

export interface NamedDigest {
  readonly algorithm: string
  readonly digest: string
}

export const componentDigests = (
  realm: Realm,
  artifact: Buffer,
  position: number,
  component: Component,
  at: number,
): Row<'component_digests'>[] =>
  digestsOf(component).map(({ algorithm, digest }) => ({
    key: digestKey(realm, digestBytes(algorithm, digest).bytes),
    ...{ at, artifact, position, realm: realm.id },
  }))
