/** Signatures of `ssh-keygen -Y sign` (OpenSSH's PROTOCOL.sshsig), verified in this process. */
import { createHash, verify } from 'node:crypto'
import { verifier } from './ssh-key.ts'
import { SshReader, sshString } from './ssh-wire.ts'

const magic = 'SSHSIG'
const namespace = 'glaas'
const hashes = new Set(['sha256', 'sha512'])
const rsaDigests: Readonly<Record<string, string>> = { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' }
const curveDigests: Readonly<Record<string, string>> = {
  'ecdsa-sha2-nistp256': 'sha256',
  'ecdsa-sha2-nistp384': 'sha384',
  'ecdsa-sha2-nistp521': 'sha512',
}

/** Has the owner of this key signed this message for us? False for anything malformed. */
export function signatureHolds(key: Buffer, message: Buffer, signature: Buffer): boolean {
  try {
    return holds(key, message, signature)
  } catch {
    return false
  }
}

function holds(key: Buffer, message: Buffer, signature: Buffer): boolean {
  if (signature.subarray(0, magic.length).toString('latin1') !== magic) return false
  const reader = new SshReader(signature.subarray(magic.length))
  if (reader.uint32() !== 1 || !reader.string().equals(key) || reader.text() !== namespace) return false
  const reserved = reader.string()
  const hash = reader.text()
  const inner = new SshReader(reader.string())
  if (!hashes.has(hash) || !reader.atEnd) return false
  const digest = createHash(hash).update(message).digest()
  const signed = Buffer.concat([
    Buffer.from(magic, 'latin1'),
    sshString(namespace),
    sshString(reserved),
    sshString(hash),
    sshString(digest),
  ])
  return innerHolds(key, signed, inner.text(), inner.string())
}

function innerHolds(blob: Buffer, signed: Buffer, algorithm: string, signature: Buffer): boolean {
  const type = new SshReader(blob).text()
  const key = verifier(blob)
  if (!key) return false
  if (type === 'ssh-ed25519') return algorithm === type && verify(null, signed, key, signature)
  const rsa = rsaDigests[algorithm]
  // SHA-1 ("ssh-rsa") is not in the table: such signatures do not hold.
  if (type === 'ssh-rsa') return rsa !== undefined && verify(rsa, signed, key, signature)
  const digest = curveDigests[algorithm]
  if (algorithm !== type || digest === undefined) return false
  return verify(digest, signed, { key, dsaEncoding: 'ieee-p1363' }, plainSignature(signature, type))
}

const coordinateBytes: Readonly<Record<string, number>> = {
  'ecdsa-sha2-nistp256': 32,
  'ecdsa-sha2-nistp384': 48,
  'ecdsa-sha2-nistp521': 66,
}

/** Two numbers of the wire, as the fixed-width pair that node:crypto reads. */
function plainSignature(signature: Buffer, type: string): Buffer {
  const width = coordinateBytes[type] as number
  const reader = new SshReader(signature)
  return Buffer.concat([reader.string(), reader.string()].map((number) => fixed(number, width)))
}

function fixed(number: Buffer, width: number): Buffer {
  const bytes = number[0] === 0 ? number.subarray(1) : number
  if (bytes.length > width) throw new RangeError('a number of the signature is too long')
  return Buffer.concat([Buffer.alloc(width - bytes.length), bytes])
}
