/** Rows that say: this artifact exists, these are its digests, somebody vouches for them. */
import type { ArtifactClaim, Component, ComponentList, CompositeClaim, Proof } from '../api/index.ts'
import { type DigestBytes, digestBytes, digestText, primaryOf } from '../realm/digest.ts'
import { artifactId, digestKey, placeOf, type Realm } from '../realm/realm.ts'
import { sealDigest } from '../realm/sealed-digest.ts'
import { sealRow } from '../realm/sealed-rows.ts'
import { Refusal } from '../refusal.ts'
import type { Row } from '../schema/tables.ts'
import { componentDigests } from './component-digests.ts'
import { type Destination, visibilityNumber } from './destination.ts'

export const proofs = ['verified', 'asserted', 'derived'] as const
export const kinds = ['file', 'composite'] as const

/** What is known of an artifact before it is a row. */
export interface Known {
  readonly id: Buffer
  readonly digest: DigestBytes
  readonly format: string | null
}

export class ArtifactRows {
  readonly artifacts = new Map<string, Row<'artifacts'>>()
  readonly digests = new Map<string, Row<'digests'>>()
  readonly locations = new Map<string, Row<'locations'>>()
  readonly components: Row<'components'>[] = []
  readonly componentDigests: Row<'component_digests'>[] = []
  /** By the text of any digest, with and without the algorithm in front. */
  readonly #known = new Map<string, Known>()
  readonly #to: Destination
  readonly #at: number

  constructor(to: Destination, at: number) {
    this.#to = to
    this.#at = at
  }

  get realm(): Realm {
    return this.#to.realm
  }

  add(claim: ArtifactClaim | CompositeClaim): Known {
    refuseTwoOfOneKind(claim)
    const primary = primaryOf(claim.hashes)
    const digest = digestBytes(primary.algorithm, primary.digest)
    const id = artifactId(this.realm, digest)
    const format = claim.format ?? null
    const known: Known = { id, digest, format }
    const kind = claim.kind ?? (primary.algorithm.startsWith('composite') ? 'composite' : 'file')
    this.#put(id, digest, {
      size: claim.size,
      kind: kinds.indexOf(kind),
      format,
      members: claim.members ?? null,
      metadata: claim.metadata ?? null,
    })
    for (const one of claim.hashes) {
      this.#vouch(known, digestBytes(one.algorithm, one.digest), one.proof ?? claim.proof ?? 'verified')
      this.#remember(one.algorithm, one.digest, known)
    }
    if (claim.source_url) this.#locate(id, claim.source_url, claim.source_type ?? null)
    return known
  }

  addComposite(claim: CompositeClaim): Known {
    const hashes = claim.hashes.some((one) => one.digest === claim.hash)
      ? claim.hashes
      : [{ algorithm: 'composite-blake3', digest: claim.hash }, ...claim.hashes]
    const known = this.add({ ...claim, hashes, kind: 'composite', members: claim.component_count_total })
    for (const [position, component] of claim.components.entries()) this.#component(known.id, position, component)
    return known
  }

  listMembers({ algorithm, hash, first, components }: ComponentList): void {
    const known = this.find(algorithm, hash)
    if (!known)
      throw new Refusal('ROAR_REGISTRY_INCOMPLETE', `There are members of '${hash}', which is not registered.`)
    for (const [at, component] of components.entries()) this.#component(known.id, first + at, component)
  }

  /** An artifact that is only linked: its digest and size are all that is known. */
  stub(algorithm: string, text: string, size: number | null, kind: 'file' | 'composite', format: string | null): Known {
    return this.add({ hashes: [{ algorithm, digest: text, proof: 'asserted' }], size, kind, format })
  }

  find(algorithm: string | undefined, text: string): Known | undefined {
    return this.#known.get(algorithm ? `${algorithm}:${text}` : text)
  }

  #remember(algorithm: string, text: string, known: Known): void {
    this.#known.set(`${algorithm}:${text}`, known)
    this.#known.set(text, known)
  }

  #put(
    id: Buffer,
    digest: DigestBytes,
    facts: Pick<Row<'artifacts'>, 'size' | 'kind' | 'format' | 'members' | 'metadata'>,
  ): void {
    const name = id.toString('latin1')
    if (this.artifacts.has(name)) return
    const row = sealRow(this.realm, 'artifacts', {
      id,
      realm: this.realm.id,
      visibility: visibilityNumber(this.#to.visibility),
      algorithm: digest.algorithm,
      digest: digest.bytes,
      ...facts,
      sealed: null,
      first_at: this.#at,
      withdrawn_at: null,
      withdrawn_reason: null,
    })
    this.artifacts.set(name, row)
  }

  #vouch({ id }: Known, digest: DigestBytes, proof: Proof): void {
    const key = digestKey(this.realm, digest.bytes)
    const name = `${key.toString('latin1')}${id.toString('latin1')}`
    if (this.digests.has(name)) return
    this.digests.set(name, {
      key,
      artifact: id,
      registrar: this.#to.account ?? '',
      realm: this.realm.id,
      ...sealDigest(this.realm, { key, artifact: id }, digest),
      proof: proofs.indexOf(proof),
      at: this.#at,
    })
  }

  #locate(artifact: Buffer, url: string, source_type: string | null): void {
    const key = placeOf(this.realm, url)
    const row = { artifact, key, source_type, url, sealed: null, at: this.#at }
    this.locations.set(`${artifact.toString('latin1')}${key.toString('latin1')}`, sealRow(this.realm, 'locations', row))
  }

  /** A list is of one piece from its beginning on: what is sent later, by somebody else, is not joined to it. */
  requireWholeLists(): void {
    const begun = new Set(this.components.flatMap((one) => (one.position === 0 ? [one.artifact.toString('hex')] : [])))
    const rest = this.components.find((one) => !begun.has(one.artifact.toString('hex')))
    if (rest)
      throw new Refusal('ROAR_REGISTRY_INCOMPLETE', 'There are members of a composite, and not the first of them.')
  }

  #component(artifact: Buffer, position: number, component: Component): void {
    const row = { artifact, position, document: JSON.stringify(component), sealed: null }
    this.components.push(sealRow(this.realm, 'components', row))
    this.componentDigests.push(...componentDigests(this.realm, artifact, position, component, this.#at))
  }
}

/** The same bytes have one digest of a kind: with a second one, somebody would pass them off as others. A store's ETags follow from its parts. */
function refuseTwoOfOneKind({ hashes }: ArtifactClaim): void {
  const known = new Map<string, string>()
  for (const { algorithm, digest } of hashes) {
    if (/etag/.test(algorithm) || algorithm.startsWith('composite')) continue
    if ((known.get(algorithm) ?? digest) !== digest)
      throw new Refusal('ROAR_REGISTRY_INVALID', `An artifact is claimed to have two ${algorithm} digests.`, {
        details: [known.get(algorithm) as string, digest],
      })
    known.set(algorithm, digest)
  }
}

export const textOf = (digest: DigestBytes): string => `${digest.algorithm}:${digestText(digest)}`
