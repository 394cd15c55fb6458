/** What a note or mark is put on: the session, job or artifact that a reference names. */
import { type AnnotatedThing, type AnnotationTarget, type Digests, type LineageStore, RoarError } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { lookUp } from '../references/look-up.ts'
import type { Reference } from '../references/reference.ts'

export interface Annotated {
  readonly target: AnnotationTarget
  readonly thing: AnnotatedThing
  readonly reference: Reference
  readonly store: LineageStore
}

export async function annotated(services: Services, ref: string): Promise<Annotated> {
  const { reference, store } = await lookUp(services, ref)
  return { ...placeOf(reference, ref), reference, store }
}

function placeOf(reference: Reference, ref: string): Pick<Annotated, 'target' | 'thing'> {
  if (reference.is === 'session') {
    const { id, hash } = reference.session
    return { target: { of: 'session', id }, thing: { of: 'session', name: hash } }
  }
  if (reference.is === 'job') {
    const { id, uid } = reference.job
    return { target: { of: 'job', id }, thing: { of: 'job', name: uid } }
  }
  const artifact =
    reference.is === 'artifact' ? reference.artifact : reference.uses.find((use) => use.artifact !== null)?.artifact
  if (!artifact) throw withoutDigest(ref)
  return { target: { of: 'artifact', id: artifact.id }, thing: { of: 'artifact', name: nameOf(artifact.digests) } }
}

const nameOf = (digests: Digests): string => digests.blake3 ?? Object.values(digests)[0] ?? ''

const withoutDigest = (ref: string): RoarError =>
  new RoarError('ROAR_REF_UNKNOWN', `Nothing can be noted on '${visible(ref)}'.`, {
    cause: 'Notes belong to a content, and no digest of this file is known.',
    remedy: ['roar label set KEY=VALUE @N puts it on the job'],
  })
