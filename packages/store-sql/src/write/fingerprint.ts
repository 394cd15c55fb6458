/** Tells whether a set of values is stored already. */
import { createHash } from 'node:crypto'

export const fingerprintOf = (value: unknown): string =>
  createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 32)
