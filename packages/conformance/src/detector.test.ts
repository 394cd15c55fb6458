// The suite is held to account: each fault of a detector makes a test of it fail, and a sound detector none.
import type { ArtifactDetector, Detection } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { type DetectorCase, detectorSuite } from './detector.ts'

/** Runs the suite at once and lists what failed. */
function failures(make: () => ArtifactDetector, cases: readonly DetectorCase[]): readonly string[] {
  const failed: string[] = []
  const run = (name: string, body: () => void) => {
    try {
      body()
    } catch {
      failed.push(name)
    }
  }
  detectorSuite({ describe: (_, body) => body(), it: run }, 'csv', make, cases)
  return failed
}

const cases: readonly DetectorCase[] = [
  { path: '/data/a.csv', is: { is: 'artifact' }, tree: { '/data/a.csv': 'a,b' } },
  { path: '/data/a.txt', is: null },
]
const csv = (detect: ArtifactDetector['detect']) => () => ({ name: 'csv', detect })
const sound: ArtifactDetector['detect'] = ({ path }) => (path.endsWith('.csv') ? { is: 'artifact' } : null)

describe('detectorSuite', () => {
  it('passes a sound detector', () => {
    expect(failures(csv(sound), cases)).toEqual([])
  })

  it('tells another name', () => {
    expect(failures(() => ({ name: 'tsv', detect: sound }), cases)).toEqual([
      'has the name by which its manifest calls it',
    ])
  })

  it('tells a wrong answer', () => {
    const failed = failures(
      csv(() => null),
      cases,
    )
    expect(failed).toContain('/data/a.csv is artifact')
    expect(failed).not.toContain('/data/a.txt is left to the next')
  })

  it.each([
    ['an unknown kind', { is: 'csv' }],
    ['a missing field', { is: 'package', ecosystem: 'x', package: 'y' }],
    ['a field too many', { is: 'system', why: 'because' }],
    ['undefined', undefined],
    ['a kind that is only inherited', { is: 'toString' }],
  ])('tells %s', (_, answer) => {
    const failed = failures(
      csv((one, probe) => (one.size === null ? (answer as Detection) : sound(one, probe))),
      cases,
    )
    expect(failed).toContain('answers by the contract whatever a path looks like')
  })

  it('tells a detector that throws without a workspace', () => {
    const failed = failures(
      csv((one, probe) => {
        if (probe.workspace === null) throw new TypeError()
        return sound(one, probe)
      }),
      cases,
    )
    expect(failed).toEqual(['does without a workspace, and on an empty disk'])
  })

  it('tells a detector that opens every file of a directory', () => {
    const failed = failures(
      csv((one, probe) => {
        probe.head(one.path, 4)
        return sound(one, probe)
      }),
      cases,
    )
    expect(failed).toEqual(['does not read the disk anew for each file of a directory that is not its own'])
  })

  it.each([
    ['a file that is another thing than its directory', csv(sound), { is: 'system' }],
    ['a file that is something where nothing is', csv(sound), 'none'],
    [
      'packages of a file where nothing is',
      () => ({ ...csv(sound)(), packagesOf: () => [{ ecosystem: 'x', package: 'y', version: null }] }),
      'none',
    ],
  ] as const)('tells %s', (_, make, all) => {
    expect(failures(() => ({ ...make(), inDirectory: () => all }), cases)).not.toEqual([])
    expect(failures(() => ({ ...make(), inDirectory: () => null }), cases)).toEqual([])
  })

  it('tells a file that is something where no mark of the detector is', () => {
    expect(failures(() => ({ ...csv(sound)(), marks: ['/elsewhere/'] }), cases)).not.toEqual([])
    expect(failures(() => ({ ...csv(sound)(), marks: ['/'] }), cases)).toEqual([])
  })

  it('tells an answer that depends on what was asked before', () => {
    const shared = { '/data/a.csv': '' }
    const make = () => {
      let asked = 0
      return {
        name: 'csv',
        detect: (one, probe) => (asked++ > 3 ? null : sound(one, probe)),
      } satisfies ArtifactDetector
    }
    const two = cases.map((one) => ({ ...one, tree: shared }))
    expect(failures(make, two)).toEqual(['answers the same when it is asked again, among others, in another order'])
  })
})
