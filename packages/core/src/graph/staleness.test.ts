/** The stale rule, on graphs written down by hand. */
import { describe, expect, it } from 'vitest'
import { fromString } from '../byte-path.ts'
import type { GraphRows } from '../store.ts'
import { exampleJob } from './example-job.test-data.ts'
import { staleness } from './staleness.ts'

type Use = readonly [job: number, role: 'input' | 'output', path: string, digest: string, producer?: number]

const rows = (
  jobs: readonly (readonly [id: number, step: number, execution?: number])[],
  uses: readonly Use[],
): GraphRows => ({
  jobs: jobs.map(([id, step, execution = 1]) => exampleJob({ id, step: { kind: 'run', number: step }, execution })),
  edges: uses.map(([job, role, path, digest, producer = null]) => ({
    job,
    role,
    path: fromString(path),
    digest,
    producer: producer as number | null,
    artifact: null,
    size: 1,
    code: false,
  })),
})

const staleJobs = (graph: GraphRows) => [...staleness(graph).stale.keys()].sort()

/** raw → @1 → clean → @2 → model → @3 → score; the first step then ran again as job 4. */
const rerun = (cleanNow: string) =>
  rows(
    [
      [2, 2],
      [3, 3],
      [4, 1, 2],
    ],
    [
      [2, 'input', 'clean', 'c1', 1],
      [2, 'output', 'model', 'm1'],
      [3, 'input', 'model', 'm1', 2],
      [3, 'output', 'score', 's1'],
      [4, 'input', 'raw', 'r2'],
      [4, 'output', 'clean', cleanNow],
    ],
  )

describe('staleness', () => {
  it('is of a step whose input was made anew with another digest, and of all that builds on it', () => {
    const { stale } = staleness(rerun('c2'))
    expect(stale.get(2)).toEqual({ because: 'input', path: 'clean', by: { kind: 'run', number: 1 } })
    expect(stale.get(3)).toEqual({ because: 'upstream', step: { kind: 'run', number: 2 } })
    expect(stale.has(4)).toBe(false)
  })

  it('is not of a step whose input was made anew with the same bytes', () => {
    expect(staleJobs(rerun('c1'))).toEqual([])
  })

  it('does not take an execution for superseded while the newer one of its step has made nothing of its own anew', () => {
    const jobs = [
      [1, 1, 1],
      [2, 1, 2],
      [3, 2, 1],
      [4, 1, 3],
    ] as const
    const years = [
      [1, 'input', 'raw1', 'r1'],
      [1, 'output', '2020', 'y1'],
      [2, 'output', '2021', 'y2'],
      [2, 'output', 'log', 'l2'],
      [3, 'input', '2020', 'y1', 1],
      [4, 'output', 'log', 'l4'],
    ] as const
    expect([...staleness(rows(jobs, years)).superseded]).toEqual([2])
    const remade = rows([...jobs, [5, 3, 1]], [...years, [5, 'output', 'raw1', 'r2']])
    expect(staleness(remade).stale.get(3)).toEqual({ because: 'upstream', step: { kind: 'run', number: 1 } })
  })

  it('ends when the steps have run again in order', () => {
    const graph = rows(
      [
        [4, 1, 2],
        [5, 2, 2],
        [6, 3, 2],
      ],
      [
        [4, 'output', 'clean', 'c2'],
        [5, 'input', 'clean', 'c2', 4],
        [5, 'output', 'model', 'm2'],
        [6, 'input', 'model', 'm2', 5],
      ],
    )
    expect(staleJobs(graph)).toEqual([])
  })

  it('does not come from a later step that changes its own input in place', () => {
    const graph = rows(
      [
        [1, 1],
        [2, 2],
        [3, 3],
      ],
      [
        [1, 'input', 'data', 'd1'],
        [1, 'output', 'plan', 'p1'],
        [2, 'input', 'plan', 'p1', 1],
        [2, 'input', 'data', 'd1'],
        [2, 'output', 'data', 'd2'],
        [3, 'input', 'data', 'd2', 2],
      ],
    )
    expect(staleJobs(graph)).toEqual([])
  })

  it('is of a step that read a file from outside which a job has since replaced', () => {
    const graph = rows(
      [
        [1, 1],
        [2, 2],
      ],
      [
        [1, 'input', 'table', 't1'],
        [2, 'output', 'table', 't2'],
      ],
    )
    expect(staleJobs(graph)).toEqual([1])
  })

  it('names the executions that a newer one of their step replaces', () => {
    const graph = rows(
      [
        [1, 1, 1],
        [2, 1, 2],
        [3, 2, 1],
      ],
      [],
    )
    expect([...staleness(graph).superseded]).toEqual([1])
  })

  it('reaches through a diamond to the step that joins it', () => {
    const graph = rows(
      [
        [2, 2],
        [3, 3],
        [4, 4],
        [5, 1, 2],
      ],
      [
        [2, 'input', 'src', 's1', 1],
        [2, 'output', 'left', 'l1'],
        [3, 'input', 'other', 'o1', 1],
        [3, 'output', 'right', 'r1'],
        [4, 'input', 'left', 'l1', 2],
        [4, 'input', 'right', 'r1', 3],
        [5, 'output', 'src', 's2'],
        [5, 'output', 'other', 'o1'],
      ],
    )
    expect(staleJobs(graph)).toEqual([2, 4])
  })
})
