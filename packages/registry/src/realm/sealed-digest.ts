/** The digest column of a claim: in the clear, or in a private realm encrypted together with the algorithm's name. */
import type { Row } from '../schema/tables.ts'
import { type DigestBytes, digestBytes, digestText } from './digest.ts'
import { decrypt, encrypt, type Realm } from './realm.ts'

type Claim = Pick<Row<'digests'>, 'key' | 'artifact' | 'registrar' | 'algorithm' | 'digest'>

const about = (row: Pick<Claim, 'key' | 'artifact'>): string =>
  `digests:${row.key.toString('hex')}:${row.artifact.toString('hex')}`

export function sealDigest(
  realm: Realm,
  row: Pick<Claim, 'key' | 'artifact'>,
  digest: DigestBytes,
): Pick<Claim, 'algorithm' | 'digest'> {
  if (!realm.keys) return { algorithm: digest.algorithm, digest: digest.bytes }
  const text = Buffer.from(`${digest.algorithm}:${digestText(digest)}`)
  return { algorithm: null, digest: encrypt(realm.keys.seal, about(row), text) }
}

export function openDigest(realm: Realm, row: Claim): DigestBytes {
  if (!realm.keys || row.algorithm !== null) return { algorithm: row.algorithm ?? '', bytes: row.digest }
  const text = decrypt(realm.keys.seal, about(row), row.digest).toString()
  const colon = text.indexOf(':')
  return digestBytes(text.slice(0, colon), text.slice(colon + 1))
}
