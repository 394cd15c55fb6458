/**
 * A realm is a world of digests. All that is public shares one, in the clear. Each private scope has its own: there, what a row is found by is
 * an HMAC under the scope's key, and what it says is encrypted. The same file in two scopes has two unrelated rows, and a guess of its digest
 * cannot be tried on a copy of the database.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { DigestBytes } from './digest.ts'

export interface Realm {
  readonly id: number
  /** Null in the public realm. */
  readonly keys: RealmKeys | null
}
export interface RealmKeys {
  readonly index: Buffer
  readonly seal: Buffer
}

export const publicRealm: Realm = { id: 0, keys: null }

const nonceLength = 12
const tagLength = 16
const keyLength = 16

/** AES-256-GCM: nonce, tag, text. `about` binds it to its row: moved to another one it does not open. */
export function encrypt(key: Buffer, about: string, text: Buffer): Buffer {
  const nonce = randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(about))
  const body = Buffer.concat([cipher.update(text), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

export function decrypt(key: Buffer, about: string, sealed: Buffer): Buffer {
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, nonceLength))
  decipher.setAAD(Buffer.from(about)).setAuthTag(sealed.subarray(nonceLength, nonceLength + tagLength))
  return Buffer.concat([decipher.update(sealed.subarray(nonceLength + tagLength)), decipher.final()])
}

/** The wrapped key of a new private scope. */
export const newRealmKey = (serverKey: Buffer, realm: number): Buffer =>
  encrypt(serverKey, `realm:${realm}`, randomBytes(32))

export function openRealm(serverKey: Buffer, id: number, wrapped: Buffer | null): Realm {
  if (wrapped === null) return publicRealm
  const key = decrypt(serverKey, `realm:${id}`, wrapped)
  const derive = (use: string) => Buffer.from(hkdfSync('sha256', key, '', `roar ${use}`, 32))
  return { id, keys: { index: derive('index'), seal: derive('seal') } }
}

/** A hash that only those can compute who have the realm's key; in the public realm, everybody. */
function keyed(realm: Realm, use: string, value: Buffer | string): Buffer {
  const hash = realm.keys ? createHmac('sha256', realm.keys.index) : createHash('sha256')
  return hash.update(use).update('\0').update(value).digest()
}

export const artifactId = (realm: Realm, digest: DigestBytes): Buffer =>
  keyed(realm, `artifact\0${digest.algorithm}`, digest.bytes).subarray(0, keyLength)

export const jobId = (realm: Realm, content: string): Buffer => keyed(realm, 'job', content).subarray(0, keyLength)

export const sessionHash = (realm: Realm, content: string): Buffer => keyed(realm, 'session', content)

export const termOf = (realm: Realm, field: string, value: string): Buffer =>
  keyed(realm, `term\0${field}`, value).subarray(0, keyLength)

const wordLength = 8

/** Of a word of a command. Short: what is found by it is looked at anyway. */
export const keyedWord = (realm: Realm, word: string): Buffer => keyed(realm, 'word', word).subarray(0, wordLength)

/** Of the words of a name, in a private realm. */
export const keyedName = (realm: Realm, text: string): Buffer => keyed(realm, 'name', text).subarray(0, keyLength)

export const placeOf = (realm: Realm, path: string): Buffer => keyed(realm, 'path', path).subarray(0, 8)

const prefixLength = 4

/** Private: four bytes for the digest's first four (8 hex digits), by which prefixes are found, twelve for all of it. */
export function digestKey(realm: Realm, bytes: Buffer): Buffer {
  if (!realm.keys) return bytes.subarray(0, keyLength)
  return Buffer.concat([prefixKey(realm, bytes), keyed(realm, 'digest', bytes).subarray(0, keyLength - prefixLength)])
}

const prefixKey = (realm: Realm, bytes: Buffer): Buffer =>
  keyed(realm, 'prefix', bytes.subarray(0, prefixLength)).subarray(0, prefixLength)

/** Keys of every digest that may begin so lie in [from, to); `to` null: up to the end. */
export function prefixRange(realm: Realm, hex: string): { from: Buffer; to: Buffer | null } {
  if (realm.keys) {
    const from = prefixKey(realm, Buffer.from(hex.slice(0, 2 * prefixLength), 'hex'))
    return { from, to: successor(from.toString('hex')) }
  }
  const digits = hex.replace(/-.*/, '').slice(0, 2 * keyLength)
  return { from: Buffer.from(evenDigits(digits), 'hex'), to: successor(digits) }
}

const evenDigits = (hex: string): string => (hex.length % 2 === 0 ? hex : `${hex}0`)

/** The first key behind all that begin so. */
function successor(hex: string): Buffer | null {
  const next = (BigInt(`0x${hex}`) + 1n).toString(16)
  return next.length > hex.length ? null : Buffer.from(evenDigits(next.padStart(hex.length, '0')), 'hex')
}
