/** Secrets that people and programs show: passwords by scrypt, tokens by chance long enough for a plain hash. */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify<string, Buffer, number, { N: number; r: number; p: number; maxmem: number }, Buffer>(scrypt)

/** OWASP's figures for scrypt: 128 MiB a try would let few clients exhaust a small server, so 2^15 with three lanes in turn. */
const cost = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 }
const keyLength = 32

export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16)
  const key = await derive(password.normalize('NFKC'), salt, keyLength, cost)
  return `scrypt$${salt.toString('base64')}$${key.toString('base64')}`
}

/** As long for an account that does not exist (`stored` null) as for one that does. */
export async function passwordMatches(password: string, stored: string | null): Promise<boolean> {
  const [, salt = '', expected = ''] = (stored ?? `scrypt$${'A'.repeat(22)}==$${'A'.repeat(43)}=`).split('$')
  const key = await derive(password.normalize('NFKC'), Buffer.from(salt, 'base64'), keyLength, cost)
  const matches = timingSafeEqual(key, Buffer.from(expected, 'base64'))
  return matches && stored !== null
}

/** 256 bits; the prefix lets secret scanners recognize it. */
export const newToken = (kind: 'access' | 'refresh' | 'api' | 'registration' | 'device'): string =>
  `roar_${kind}_${randomBytes(32).toString('base64url')}`

export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Letters and digits that are not mistaken for each other; 40 bits, tried at most a few times a minute, for ten minutes. */
const alphabet = 'BCDFGHJKLMNPQRSTVWXZ'

export function newUserCode(): string {
  // 240 is the last multiple of 20: above it the first letters would be more likely.
  const letters: string[] = []
  while (letters.length < 10)
    for (const byte of randomBytes(16)) if (byte < 240) letters.push(alphabet[byte % 20] as string)
  return `${letters.slice(0, 5).join('')}-${letters.slice(5, 10).join('')}`
}
