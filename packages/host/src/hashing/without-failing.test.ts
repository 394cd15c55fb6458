// Hashes of strangers that fail in every way, in real runs: the job is recorded with the other digests, and whose fault it was is said.
import { display, type HashAlgorithm } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { recordedWith, roarWith } from '../run/stranger.test-data.ts'

const zeros = (length: number) => ({ update: () => undefined, digest: () => new Uint8Array(length) })
const noLuck = (): never => {
  throw new Error('no luck')
}

const failing: Readonly<Record<string, readonly [() => unknown, string]>> = {
  'cannot be made': [noLuck, 'Error: no luck'],
  'cannot begin': [() => ({ name: 'odd', digestLength: 4, create: noLuck }), 'Error: no luck'],
  'throws at the bytes': [
    () => ({ name: 'odd', digestLength: 4, create: () => ({ ...zeros(4), update: noLuck }) }),
    'Error: no luck',
  ],
  'throws at the end': [
    () => ({ name: 'odd', digestLength: 4, create: () => ({ ...zeros(4), digest: noLuck }) }),
    'Error: no luck',
  ],
  'answers text': [
    () => ({ name: 'odd', digestLength: 4, create: () => ({ ...zeros(4), digest: () => 'abcd' }) }),
    'is string',
  ],
  'answers fewer bytes than it promised': [
    () => ({ name: 'odd', digestLength: 4, create: () => zeros(3) }),
    'is 3 bytes',
  ],
}

const hashes = (create: () => unknown) => ({ hashes: [{ name: 'odd', create: create as () => HashAlgorithm }] })

it('a hash of a stranger that loses files which it reads by itself is named', async () => {
  const files = { hashFiles: async () => [] }
  const roar = await roarWith(hashes(() => ({ name: 'odd', digestLength: 4, create: () => zeros(4), files })))
  const why = expect.stringContaining('0 answers for 1 files')
  await expect(roar.hash(['in.txt'], ['odd'])).rejects.toMatchObject({ code: 'ROAR_PLUGIN_FAILED', why })
  await roar.close()
})

describe('a hash of a stranger', () => {
  for (const [how, [create, cause]] of Object.entries(failing)) {
    it(`that ${how} costs no record, and is named once`, async ({ skip }) => {
      if (process.platform !== 'linux') skip('the preload tracer of this version is for Linux')
      const { exit, status, warnings, outputs } = await recordedWith(hashes(create), 'cat in.txt > out.txt; exit 3', [
        'odd',
      ])
      expect(exit).toEqual({ exitCode: 3, signal: null })
      expect(status).toBe('failed')
      expect(outputs.map(({ path, digests }) => [display(path), Object.keys(digests)])).toEqual([
        ['out.txt', ['blake3']],
      ])
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/'odd'/)
      expect(warnings[0]).toMatch(/ROAR_PLUGIN_FAILED/)
      expect(warnings[0]).toContain(cause)
      expect(warnings[0]).toContain('roar plugin remove stranger')
    })

    it(`that ${how} is named where its digest is what was asked for`, async () => {
      const roar = await roarWith(hashes(create))
      const asked = roar.hash(['in.txt'], ['odd'])
      await expect(asked).rejects.toMatchObject({
        code: 'ROAR_PLUGIN_FAILED',
        data: { plugin: 'stranger', name: 'odd' },
      })
      await roar.close()
    })
  }
})
