/** What lies upstream and downstream, where a job has only kept something in one of its outputs. */
import { expect, it } from 'vitest'
import { fromString } from '../byte-path.ts'
import type { GraphRows } from '../store.ts'
import { exampleJob } from './example-job.test-data.ts'
import { only, reach } from './reach.ts'
import { staleness } from './staleness.ts'

const [table, table2, table3] = [11, 12, 13]
const [model1, model2, score] = [21, 22, 31]
const names = new Map([
  ...([table, table2, table3].map((id) => [id, 'table']) as [number, string][]),
  ...([model1, model2, score].map((id) => [id, `file-${id}`]) as [number, string][]),
])

const content = (artifact: number) => ({ artifact, path: fromString(names.get(artifact) as string) })
const edge = (job: number, role: 'input' | 'output', artifact: number, more: object = {}) => ({
  ...{ job, role, ...content(artifact), size: 1, digest: String(artifact), producer: null, code: false },
  ...more,
})

/** 1 and 2 each train a model and add a line to the table; 3 scores the second model; 4 makes the table anew. */
const rows = (again: boolean): GraphRows => ({
  jobs: [1, 2, 3, ...(again ? [4] : [])].map((id) =>
    exampleJob({ id, step: { kind: 'run', number: id === 4 ? 1 : id }, execution: id === 4 ? 2 : 1 }),
  ),
  edges: [
    ...[edge(1, 'output', model1), edge(1, 'output', table)],
    ...[edge(2, 'output', model2), edge(2, 'output', table2)],
    edge(2, 'input', table, { producer: 1, for: content(table2) }),
    ...[edge(3, 'input', model2, { producer: 2 }), edge(3, 'output', score)],
    ...(again ? [edge(4, 'output', table3)] : []),
  ],
})

const ids = (start: number, direction: 'upstream' | 'downstream', wanted: number[] | null = null) =>
  [...reach(rows(false), [start], direction, wanted).keys()].sort()

it('what a job kept for one output is upstream of that one alone', () => {
  expect(ids(2, 'upstream', [model2])).toEqual([2])
  expect(ids(2, 'upstream', [table2])).toEqual([1, 2])
  expect(ids(2, 'upstream')).toEqual([1, 2])
  expect(ids(3, 'upstream')).toEqual([2, 3])
})

it('and downstream of who made it by way of that one alone', () => {
  expect(ids(1, 'downstream')).toEqual([1, 2])
  expect(ids(2, 'downstream')).toEqual([2, 3])
})

it('a part of the graph has none of what was kept of jobs that are no part of it', () => {
  const part = only(rows(false), reach(rows(false), [3], 'upstream'))
  expect(part.edges.map((one) => [one.job, one.role])).toEqual([
    [2, 'output'],
    [2, 'output'],
    [3, 'input'],
    [3, 'output'],
  ])
})

it('a job that made more than the output that keeps something is not stale when that is made anew', () => {
  expect([...staleness(rows(true)).stale.keys()]).toEqual([])
})
