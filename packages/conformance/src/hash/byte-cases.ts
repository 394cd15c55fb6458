/** What holds for every hash of bytes in memory. */
import { deepStrictEqual, ok, strictEqual } from 'node:assert'
import type { HashAlgorithm } from '@roar/core'
import { cut, digestOf, hex, lengths, type Oracle, patterned } from './samples.ts'

export interface ByteCase {
  /** A sentence that could stand in the manual. */
  readonly is: string
  check(algorithm: HashAlgorithm, oracle: Oracle): void
}

export const byteCases: readonly ByteCase[] = [
  {
    is: 'has a name for records: lower case, digits, hyphens',
    check: ({ name }) => ok(/^[a-z0-9][a-z0-9-]*$/.test(name), name),
  },
  {
    is: 'agrees with the oracle at every length where the way changes',
    check: (algorithm, oracle) => {
      for (const length of lengths)
        strictEqual(hex(digestOf(algorithm, [patterned(length)])), hex(oracle(patterned(length))), `${length} bytes`)
    },
  },
  {
    is: 'gives as many bytes as it declares',
    check: (algorithm) => strictEqual(algorithm.create().digest().length, algorithm.digestLength),
  },
  {
    is: 'does not depend on how the bytes are cut',
    check: (algorithm, oracle) => {
      const bytes = patterned(70_000)
      for (const seed of [1, 2, 3]) strictEqual(hex(digestOf(algorithm, cut(bytes, seed))), hex(oracle(bytes)))
    },
  },
  {
    is: 'reads the bytes at once: the caller may use the buffer again',
    check: (algorithm, oracle) => {
      const hasher = algorithm.create()
      const buffer = Uint8Array.from(patterned(100))
      hasher.update(buffer)
      buffer.fill(0)
      strictEqual(hex(hasher.digest()), hex(oracle(patterned(100))))
    },
  },
  {
    is: 'keeps hashers apart that are used in turns, and digests from what comes after',
    check: (algorithm, oracle) => {
      const inverted = patterned(200).map((byte) => byte ^ 0xff)
      const [a, b] = [algorithm.create(), algorithm.create()]
      for (const byte of patterned(200)) {
        a.update(Uint8Array.of(byte))
        b.update(Uint8Array.of(byte ^ 0xff))
      }
      const first = a.digest()
      const kept = hex(first)
      const found = [b.digest(), algorithm.create().digest(), first].map(hex)
      deepStrictEqual(found, [hex(oracle(inverted)), hex(oracle(new Uint8Array())), kept])
      strictEqual(kept, hex(oracle(patterned(200))))
    },
  },
]
