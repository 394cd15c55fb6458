/** SSH public keys: read from a line of a `.pub` file, made into keys that node:crypto verifies with. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { Refusal } from '../refusal.ts'
import { SshReader } from './ssh-wire.ts'

export interface SshPublicKey {
  readonly type: string
  /** The wire form, base64 in the file. */
  readonly blob: Buffer
  /** As `ssh-keygen -l` prints it: `SHA256:…`. */
  readonly fingerprint: string
  readonly comment: string | null
}

export function readPublicKey(line: string): SshPublicKey {
  const [type = '', base64 = '', ...comment] = line.trim().split(/\s+/)
  const blob = Buffer.from(base64, 'base64')
  const key = { type, blob, fingerprint: fingerprintOf(blob), comment: comment.join(' ') || null }
  try {
    if (new SshReader(blob).text() === type && verifier(blob)) return key
  } catch {
    // Said below, once for everything that is no key.
  }
  throw new Refusal('ROAR_REGISTRY_INVALID', 'This is no SSH public key that can be used.', {
    remedy: ['Give a line of id_ed25519.pub, id_ecdsa.pub or id_rsa.pub (2,048 bits or more).'],
  })
}

export const fingerprintOf = (blob: Buffer): string =>
  `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`

const base64url = (bytes: Buffer): string => bytes.toString('base64url')
const smallestRsa = 2048

/** Throws, or gives null, for what is no key. */
export function verifier(blob: Buffer): KeyObject | null {
  const reader = new SshReader(blob)
  const type = reader.text()
  if (type === 'ssh-ed25519')
    return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x: base64url(reader.string()) } })
  if (type === 'ssh-rsa') return rsaKey(reader)
  if (type.startsWith('ecdsa-sha2-nistp')) return ecdsaKey(reader)
  return null
}

function rsaKey(reader: SshReader): KeyObject | null {
  const e = base64url(unsigned(reader.string()))
  const n = unsigned(reader.string())
  if (n.length * 8 < smallestRsa) return null
  return createPublicKey({ format: 'jwk', key: { kty: 'RSA', n: base64url(n), e } })
}

/** A positive number whose highest bit is set has a zero byte in front. */
const unsigned = (bytes: Buffer): Buffer => (bytes[0] === 0 ? bytes.subarray(1) : bytes)

function ecdsaKey(reader: SshReader): KeyObject {
  const crv = reader.text().replace('nistp', 'P-')
  // Uncompressed point: 4, x, y.
  const point = reader.string()
  const half = (point.length - 1) / 2
  const x = base64url(point.subarray(1, 1 + half))
  const y = base64url(point.subarray(1 + half))
  return createPublicKey({ format: 'jwk', key: { kty: 'EC', crv, x, y } })
}
