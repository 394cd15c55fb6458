// Detectors are asked anew behind a job that changed what they had looked at, and only then.
import { describe, expect, it } from 'vitest'
import type { BytePath } from '../byte-path.ts'
import type { Look, Probe } from '../contracts.ts'
import type { Classifier } from './classified.ts'
import { upToDate } from './up-to-date.ts'

const looks: readonly Look[] = [
  { path: '/v/site' as BytePath, as: 'state', since: 0 },
  { path: '/w/a/package.json' as BytePath, as: 'state', since: 0 },
  { path: '/w/gone' as BytePath, as: 'missing', since: 0 },
  { path: '/w' as BytePath, as: 'there', since: 0 },
]
const renewed = { detectors: [] } as unknown as Classifier
const asked = (seen = looks) =>
  ({
    detectors: [],
    probe: { looks: () => seen } as unknown as Probe,
    renewed: async () => renewed,
  }) as unknown as Classifier
const nothing = { outputs: [], temporary: [], deleted: [], linked: [], movedTrees: [] }
const output = (path: string, ...names: string[]) => ({ outputs: [{ path, names }] }) as never

describe('a job that changed', () => {
  it.each([
    ['a file that was read', output('/w/a/package.json')],
    ['another name of it', output('/w/b', '/w/a/package.json')],
    ['an entry of a directory that was listed', output('/v/site/x.py')],
    ['a directory there', output('/v/site/x.dist-info/RECORD')],
    ['what was missing, far below', output('/w/gone/deep/file')],
    ['by a removal', { deleted: ['/v/site/x.py' as BytePath] }],
    ['by a name that came and went', { temporary: ['/w/a/package.json' as BytePath] }],
    ['a directory as a whole', { movedTrees: [{ from: '/x' as BytePath, to: '/y' as BytePath }] }],
  ])('%s', async (_, change) => {
    expect(await upToDate(asked(), { ...nothing, ...change })).toBe(renewed)
  })

  it.each([
    ['nothing', {}],
    ['a file beside', output('/w/a/index.js')],
    ['a file in a directory that was only seen to be there', output('/w/model.bin')],
  ])('%s: they are kept', async (_, change) => {
    const classifier = asked()
    expect(await upToDate(classifier, { ...nothing, ...change })).toBe(classifier)
  })

  it('where nothing was looked at', async () => {
    const classifier = asked([])
    expect(await upToDate(classifier, { ...nothing, ...(output('/w/a') as object) })).toBe(classifier)
  })
})
