/** The proof that a file belongs to the composite in which it lies. */
import { type BytePath, display, encodeProof, hex, type Proof, RoarError } from '@roar/core'
import { canonicalBytes } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { typedPath } from '../words/typed-path.ts'
import { compositeOf } from './find-composite.ts'
import { hashComposite } from './hash-composite.ts'

export interface MemberProof {
  readonly proof: Proof
  /** As it is written to a file. */
  readonly bytes: Buffer
  readonly document: ReturnType<typeof proofDocument>
}

export async function proveNamed(services: Services, name: string): Promise<MemberProof> {
  const path = canonicalBytes(typedPath(services.get('directory'), name))
  const named = await compositeOf(services, path)
  const done = named && (await hashComposite(services, named.found, named.classifier))
  const proof = done?.prove(path.slice(done.found.root.length + 1) as BytePath)
  if (!proof) {
    throw new RoarError('ROAR_REF_UNKNOWN', `'${visible(name)}' is no member of a composite.`, {
      cause: done?.failure ? `${visible(display(done.failure.path))} could not be hashed: ${done.failure.reason}.` : '',
      remedy: ['docs/formats.md lists what is recognised', '[[composite]] in config.toml declares what is not'],
    })
  }
  return { proof, bytes: encodeProof(proof), document: proofDocument(proof) }
}

const proofDocument = (proof: Proof) => ({
  schema: 'roar.proof/1' as const,
  root: hex(proof.root),
  members: proof.members,
  path: display(proof.path),
  type: proof.type,
  size: proof.size,
  digest: hex(proof.digest),
  siblings: proof.siblings.map(({ digest, isLeft }) => ({ digest: hex(digest), left: isLeft })),
  encoded: encodeProof(proof).toString('base64'),
})
