// Detectors of strangers that fail in every way, in real runs: the job is recorded, and whose fault it was is said.
import { type ArtifactDetector, display } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { recordedWith } from './stranger.test-data.ts'

const detectors = (create: () => unknown) => ({
  detectors: [{ name: 'odd', create: create as () => ArtifactDetector }],
})

const failing: Readonly<Record<string, readonly [() => unknown, string]>> = {
  'cannot be made': [
    () => {
      throw new Error('no luck')
    },
    'Error: no luck',
  ],
  'throws when it is asked': [
    () => ({
      name: 'odd',
      detect() {
        throw new Error('no luck')
      },
    }),
    'Error: no luck',
  ],
  'answers a promise': [() => ({ name: 'odd', detect: async () => null }), 'a promise'],
  'answers what is no detection': [() => ({ name: 'odd', detect: () => ({ is: 'banana' }) }), 'banana'],
  'has a member that is no function': [() => ({ name: 'odd', detect: () => null, inDirectory: 'x' }), 'inDirectory'],
  'names a package without a name': [
    () => ({ name: 'odd', detect: () => null, packagesOf: () => [{ ecosystem: 'pypi' }] }),
    'pypi',
  ],
  'fails at the members of its composite': [
    () => ({
      name: 'odd',
      detect: ({ path }: { path: string }) =>
        path.endsWith('/out.txt') ? { is: 'composite', root: path.slice(0, -8), format: 'odd', complete: true } : null,
      describe() {
        throw new Error('no luck')
      },
    }),
    'Error: no luck',
  ],
}

describe('a detector of a stranger', () => {
  for (const [how, [create, cause]] of Object.entries(failing))
    it(`that ${how} costs no record, and is named once`, async ({ skip }) => {
      if (process.platform !== 'linux') skip('the preload tracer of this version is for Linux')
      const { exit, status, warnings, outputs } = await recordedWith(
        detectors(create),
        'cat in.txt > out.txt; sleep 0.5; exit 3',
      )
      expect(exit).toEqual({ exitCode: 3, signal: null })
      expect(status).toBe('failed')
      if (!how.includes('composite')) expect(outputs.map(({ path }) => display(path))).toContain('out.txt')
      expect(warnings).toHaveLength(1)
      expect(warnings[0]).toMatch(/stranger|odd/)
      expect(warnings[0]).toMatch(/ROAR_PLUGIN_(FAILED|SHAPE)/)
      expect(warnings[0]).toContain(cause)
      expect(warnings[0]).toContain('roar plugin remove stranger')
    })
})
