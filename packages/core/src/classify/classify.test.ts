// Every file is kept or dropped under a name; the user's own rules stand above the detectors.
import { describe, expect, it } from 'vitest'
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Detection, Probe } from '../contracts.ts'
import type { ObservedFile, ObservedJob } from '../observe/observed.ts'
import type { Classifier, PathRules } from './classified.ts'
import { classify as classifyOn, isKept } from './classify.ts'

const file = (path: string): ObservedFile => ({
  path: path as BytePath,
  names: [],
  location: path as BytePath,
  stamp: null,
  access: ['read'],
  processes: [],
  destroyed: false,
  onlyMayWrite: false,
  mappedStamp: null,
})
const job = (...inputs: string[]): ObservedJob => ({
  inputs: inputs.map(file),
  outputs: [],
  internal: ['/t/int' as BytePath],
  temporary: ['/t/tmp' as BytePath],
  unnamed: 0,
  linked: [],
  deleted: ['/t/del' as BytePath],
  movedTrees: [],
  processes: [],
})
const probe: Probe = {
  workspace: null,
  home: '/home/u' as BytePath,
  temporary: [],
  platform: 'linux',
  exists: () => false,
  list: () => [],
  head: () => null,
  text: () => null,
  part: () => null,
  derived: (_name, _source, make) => make(),
}
/** Nothing is on the disk. */
const classify = (job: ObservedJob, classifier: Classifier) => classifyOn(job, classifier, { state: () => null })
const prefix = (name: string, start: string, found: Detection): ArtifactDetector => ({
  name,
  detect: (candidate) => (candidate.path.startsWith(start) ? found : null),
})
const detectors = [
  prefix('system', '/usr', { is: 'system' }),
  prefix('numpy', '/py/numpy', { is: 'package', ecosystem: 'pypi', package: 'numpy', version: '1.26.4' }),
  prefix('code', '/src', { is: 'code' }),
]
const rules = (decide: PathRules['decide'] = () => null): PathRules => ({ decide })

describe('classify', () => {
  it('keeps what no detector knows, marks code, drops the rest with its category', async () => {
    const done = await classify(job('/data/a', '/src/x.py', '/usr/lib/x', '/py/numpy/a.so', '/py/numpy/b.so'), {
      detectors,
      rules: rules(),
      probe,
    })
    expect(done.inputs.map(({ path, code }) => [path, code])).toEqual([
      ['/data/a', false],
      ['/src/x.py', true],
    ])
    expect(done.packages).toMatchObject([{ purl: 'pkg:pypi/numpy@1.26.4', location: '/py/numpy/a.so', modified: [] }])
    expect(done.dropped.map(({ category, path }) => `${category} ${path}`)).toEqual([
      'system /usr/lib/x',
      'package /py/numpy/a.so',
      'package /py/numpy/b.so',
      'internal /t/int',
      'temporary /t/tmp',
      'deleted /t/del',
    ])
  })
  it('keeps the source of left-out bytecode as long as it is the one, and the bytecode where it is not', async () => {
    const stamp = { dev: 1n, ino: 2n, size: 3n, mtimeNs: 4n, ctimeNs: 5n }
    const source = (path: string) => path.replace('/cache/', '/src/') as BytePath
    const bytecode: ArtifactDetector = {
      ...prefix('bytecode', '/cache', { is: 'ignored', why: 'bytecode' }),
      madeFrom: (path) => ({ source: source(path), fits: ({ size }) => size === 3n }),
    }
    const changed = { ...stamp, size: 7n, mode: 0, links: 1 }
    const files = { state: (path: string) => ({ '/src/a': { ...changed, ...stamp }, '/src/b': changed })[path] ?? null }
    const settings = { detectors: [bytecode, ...detectors], rules: rules(), probe }
    const done = await classifyOn(job('/cache/a', '/cache/b', '/cache/c', '/cache/d', '/src/d'), settings, files)
    expect(done.inputs.map(({ path, stamp }) => [path, stamp])).toEqual([
      ['/src/d', null],
      ['/src/a', stamp],
      ['/cache/b', null],
      ['/cache/c', null],
    ])
    expect(done.inputs.every(({ code }) => code)).toBe(true)
  })
  it('takes a removed file for deleted only where its being there would have been recorded', async () => {
    const deleted = ['/data/old', '/usr/lib/x', '/usr/kept', '/py/numpy/a.so'] as BytePath[]
    const decide: PathRules['decide'] = (path) => (path === '/usr/kept' ? 'track' : null)
    const done = await classify({ ...job(), deleted }, { detectors, rules: rules(decide), probe })
    expect(done.deleted).toEqual(['/data/old', '/usr/kept'])
    expect(done.dropped.slice(2).map(({ category, path }) => `${category} ${path}`)).toEqual([
      'deleted /data/old',
      'system /usr/lib/x',
      'deleted /usr/kept',
      'package /py/numpy/a.so',
    ])
    expect(done.packages).toEqual([])
  })
  it('lets the user track what a detector would drop, and ignore what it would keep', async () => {
    const decide: PathRules['decide'] = (path) =>
      path === '/usr/data.csv' ? 'track' : path === '/data/a' ? 'ignore' : null
    const done = await classify(job('/usr/data.csv', '/data/a'), { detectors, rules: rules(decide), probe })
    expect(done.inputs.map(({ path }) => path)).toEqual(['/usr/data.csv'])
    expect(done.dropped[0]).toEqual({ category: 'ignored', path: '/data/a' })
  })
  it('asks once a directory where a detector knows an answer for all its files', async () => {
    const asked: string[] = []
    const one = (name: string, all: Detection | 'none' | null): ArtifactDetector => ({
      name,
      inDirectory: (directory) => {
        asked.push(`${name} ${directory}`)
        return directory === '/lib' ? all : null
      },
      detect: ({ path }) => {
        asked.push(`${name} ${path}`)
        return null
      },
      packagesOf: ({ path }) => [{ ecosystem: 'x', package: `${name} ${path}`, version: '1' }],
    })
    const settings = {
      detectors: [one('a', 'none'), one('b', null), one('c', { is: 'system' })],
      rules: rules(),
      probe,
    }
    expect(isKept('/lib/x' as BytePath, 1, settings)).toBe(false)
    const done = await classify(job('/lib/x', '/lib/y', '/data/z'), settings)
    expect(done.inputs.map(({ path }) => path)).toEqual(['/data/z'])
    expect(asked.filter((what) => what.endsWith('/lib'))).toEqual(['a /lib', 'b /lib', 'c /lib'])
    expect(asked.filter((what) => what.endsWith('/x'))).toEqual(['b /lib/x', 'b /lib/x'])
    expect(asked.filter((what) => what.endsWith('/z'))).toEqual(['a /data/z', 'b /data/z', 'c /data/z'])
    expect(done.packages.map(({ name }) => name)).toEqual([
      'a /data/z',
      'b /data/z',
      'b /lib/x',
      'b /lib/y',
      'c /data/z',
    ])
  })
  it('does not ask a detector about directories that have none of its marks', async () => {
    const asked: string[] = []
    const marked: ArtifactDetector = {
      name: 'marked',
      marks: ['/a.b/', 'm/'],
      inDirectory: (directory) => {
        asked.push(directory)
        return null
      },
      detect: () => ({ is: 'system' }),
    }
    const settings = { detectors: [marked, prefix('all', '/', { is: 'ignored', why: 'x' })], rules: rules(), probe }
    const done = await classify(job('/a.b/x', '/aXb/x', '/m/x', '/x', '/my/x'), settings)
    expect(asked).toEqual(['/a.b', '/m'])
    const categories = done.dropped.slice(0, 5).map(({ category }) => category)
    expect(categories).toEqual(['system', 'ignored', 'system', 'ignored', 'ignored'])
  })
  it('hears those behind an answer for a whole directory of a file that the user tracks', async () => {
    const system: ArtifactDetector = { ...(detectors[0] as ArtifactDetector), inDirectory: () => ({ is: 'system' }) }
    const code: ArtifactDetector = { ...prefix('code', '/usr/', { is: 'code' }), inDirectory: () => null }
    const decide: PathRules['decide'] = () => 'track'
    const done = await classify(job('/usr/a.py'), { detectors: [system, code], rules: rules(decide), probe })
    expect(done.inputs.map(({ path, code }) => [path, code])).toEqual([['/usr/a.py', true]])
  })
  it('what is said of a directory is below the user’s word, too', async () => {
    const system: ArtifactDetector = { ...(detectors[0] as ArtifactDetector), inDirectory: () => ({ is: 'system' }) }
    const decide: PathRules['decide'] = (path) => (path.endsWith('.csv') ? 'track' : null)
    const done = await classify(job('/usr/a.csv', '/usr/b'), { detectors: [system], rules: rules(decide), probe })
    expect(done.inputs.map(({ path }) => path)).toEqual(['/usr/a.csv'])
  })
  it('asks the detectors in order: the first answer wins', async () => {
    const both = [prefix('first', '/x', { is: 'credential' }), prefix('second', '/x', { is: 'system' })]
    expect((await classify(job('/x'), { detectors: both, rules: rules(), probe })).dropped[0]?.category).toBe(
      'credential',
    )
  })
})
