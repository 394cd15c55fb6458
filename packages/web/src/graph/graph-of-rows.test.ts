import { fromString, type GraphRows, type JobRow } from '@roar/core'
import { expect, it } from 'vitest'
import { graphOfRows } from './graph-of-rows.ts'

const job = (id: number, dirty = false) =>
  ({
    id,
    uid: `job${id}`,
    session: 1,
    step: { kind: 'run', number: id },
    execution: 1,
    argv: ['cp', `${id}`],
    dirty,
  }) as unknown as JobRow

type Use = readonly [job: number, role: 'input' | 'output', path: string, digest: string, producer: number | null]
const rows = (jobs: readonly JobRow[], uses: readonly Use[]): GraphRows => ({
  jobs,
  edges: uses.map(([of, role, path, digest, producer]) => ({
    job: of,
    role,
    path: fromString(path),
    digest,
    producer,
    artifact: null,
    size: 5,
    code: false,
  })),
})
const head = { name: '', title: '', facts: [], cut: null }

it('A copy of a file is a file of its own, and no circle', () => {
  const { nodes, edges } = graphOfRows(
    rows(
      [job(1), job(2)],
      [
        [1, 'input', 'raw', 'x', null],
        [1, 'output', 'copy', 'x', null],
        [2, 'input', 'copy', 'x', 1],
        [2, 'output', 'again', 'x', null],
      ],
    ),
    head,
  )
  const names = edges.map(({ from, to }) => `${nodes[from]?.label} → ${nodes[to]?.label}`)
  expect(names).toEqual(['raw → cp 1', 'cp 1 → copy', 'copy → cp 2', 'cp 2 → again'])
  expect(edges.every(({ size }) => size === 5)).toBe(true)
})

it('A job that read what has been made anew since is marked stale, and one from a dirty tree dirty, with what they made', () => {
  const { nodes } = graphOfRows(
    rows(
      [job(1), job(2, true)],
      [
        [1, 'input', 'table', 'old', null],
        [1, 'output', 'plot', 'p', null],
        [2, 'output', 'table', 'new', null],
      ],
    ),
    head,
  )
  const marks = Object.fromEntries(nodes.map(({ label, target, marks }) => [`${label} ${target}`, marks]))
  expect(marks).toEqual({
    'cp 1 job1': ['stale'],
    'table old': [],
    'plot p': ['stale'],
    'cp 2 job2': ['dirty'],
    'table new': ['dirty'],
  })
})
