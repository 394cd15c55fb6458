// Which directories were there before the job, by when they were made.
import { expect, it } from 'vitest'
import { fromString } from '../byte-path.ts'
import { standingFacts } from './standing-directories.ts'

const startedAt = 1_800_000_000_000
const factsOf = (ages: Readonly<Record<string, number | null>>, ...outputs: string[]) =>
  Object.keys(
    standingFacts(
      { born: (path) => (ages[path] == null ? null : startedAt - (ages[path] as number)) },
      { root: fromString('/w'), outputs: outputs.map(fromString), startedAt },
    ),
  )

it('the innermost that is older than the job, by a second at least', () => {
  const ages = { '/w/out': 5_000, '/w/out/old': 2_000, '/w/out/young': 900, '/w/out/young/own': -10, '/w/new': -5 }
  expect(factsOf(ages, '/w/out/young/own/a')).toEqual(['directory/out'])
  expect(factsOf(ages, '/w/out/young/own/a', '/w/out/old/b', '/w/out/c')).toEqual(['directory/out/old'])
  expect(factsOf(ages, '/w/new/a', '/w/a', '/elsewhere/out/a')).toEqual([])
})

it('none where a file system does not tell', () => {
  expect(factsOf({ '/w/out': null }, '/w/out/a')).toEqual([])
  expect(standingFacts({}, { root: fromString('/w'), outputs: [fromString('/w/out/a')], startedAt })).toEqual({})
})

it('of very many directories twenty', () => {
  const names = Array.from({ length: 500 }, (_, at) => `/w/d${at}`)
  const ages = Object.fromEntries(names.map((name) => [name, 9_000]))
  expect(factsOf(ages, ...names.map((name) => `${name}/a`))).toHaveLength(20)
})
