/** The terminal drawing, by example. */
import { flow, fromString, type GraphRows, type JobRow, staleness } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { Page } from '../page.ts'
import { stylesFor } from '../styles.ts'
import { displayWidth } from '../width.ts'
import { drawFlow } from './draw.ts'

/** `'1 raw > a b'`: job 1 reads raw and makes a and b. */
function graph(...lines: readonly string[]): GraphRows {
  const jobs: JobRow[] = []
  const edges: GraphRows['edges'][number][] = []
  const makers = new Map<string, number>()
  for (const line of lines) {
    const [before = '', after = ''] = line.split('>')
    const [id, ...inputs] = before.trim().split(/ +/)
    const job = Number(id)
    jobs.push({
      id: job,
      uid: `${id}`.padStart(8, '0'),
      session: 1,
      step: { kind: 'run', number: job },
      execution: 1,
      argv: [`step${id}`],
      status: 'completed',
      complete: true,
    } as unknown as JobRow)
    const edge = (name: string, role: 'input' | 'output') => {
      edges.push({
        job,
        role,
        path: fromString(name),
        digest: `digest-${name}`,
        producer: role === 'input' ? (makers.get(name) ?? null) : null,
        artifact: null,
        size: 1,
        code: false,
      })
      if (role === 'output') makers.set(name, job)
    }
    for (const name of inputs) edge(name, 'input')
    for (const name of after.trim().split(/ +/).filter(Boolean)) edge(name, 'output')
  }
  return { jobs, edges }
}

function drawn(rows: GraphRows, columns = 80): string[] {
  const page = new Page({ styles: stylesFor('never', false, {}), columns, verbosity: 0 })
  const labels = {
    job: (job: { row: JobRow }) => `@${job.row.step.number}`,
    file: (file: { path: string }) => file.path,
    jobSign: () => '●',
    fileSign: () => '○',
  }
  drawFlow(page, flow(rows, staleness(rows)), labels)
  return page.text().trimEnd().split('\n')
}

describe('the drawing of a graph', () => {
  it('draws a chain as one line', () => {
    expect(drawn(graph('1 raw > clean', '2 clean > model'))).toEqual([
      '○  raw',
      '●  @1',
      '○  clean',
      '●  @2',
      '○  model',
    ])
  })

  it('draws a diamond: two files of one job, each used by another, joined by a third', () => {
    expect(drawn(graph('1 raw > a b', '2 a > x', '3 b > y', '4 x y > z'))).toEqual([
      '○  raw',
      '●  @1',
      '├─○  a',
      '○ │  b',
      '│ ●  @2',
      '│ ○  x',
      '● │  @3',
      '○ │  y',
      '●─╯  @4',
      '○  z',
    ])
  })

  it('lets one file go on to every job that uses it, and draws it once', () => {
    expect(drawn(graph('1 > data', '2 data > a', '3 data > b', '4 a b >'))).toEqual([
      '●  @1',
      '○  data',
      '├─●  @2',
      '│ ○  a',
      '● │  @3',
      '○ │  b',
      '●─╯  @4',
    ])
  })

  it('breaks the joining line where a lane only passes', () => {
    expect(drawn(graph('1 > a', '2 > b', '3 > c', '4 a c > d', '5 b >'))).toEqual([
      '●  @1',
      '○  a',
      '│ ●  @2',
      '│ ○  b',
      '│ │ ●  @3',
      '│ │ ○  c',
      '●─│─╯  @4',
      '○ │  d',
      '  ●  @5',
    ])
  })

  it('counts what leads nowhere when there is much of it', () => {
    const leaves = Array.from({ length: 40 }, (_, index) => `leaf${index}`).join(' ')
    const lines = drawn(graph(`1 > ${leaves}`))
    expect(lines.at(-1)).toBe('○  … and 32 more outputs')
    expect(lines).toHaveLength(10)
  })

  it('counts most of a crowd that one job makes and another uses, on one lane that joins both', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `part${index}`).join(' ')
    const lines = drawn(graph(`1 > ${names} log`, `2 ${names} > sum`))
    expect(lines).toHaveLength(1 + 1 + 8 + 1 + 2)
    expect(lines.slice(-3)).toEqual(['○ │ │ │ │ │ │ │ │  … and 19,992 more files', '●─┴─┴─┴─┴─┴─┴─┴─╯  @2', '○  sum'])
  })

  it('counts most of what came from outside for one job alone, and joins it too', () => {
    const names = Array.from({ length: 30 }, (_, index) => `raw${index}`).join(' ')
    expect(drawn(graph(`1 ${names} >`)).slice(-2)).toEqual([
      '│ │ │ │ │ │ │ │ ○  … and 22 more inputs',
      '●─┴─┴─┴─┴─┴─┴─┴─╯  @1',
    ])
  })

  it('draws every node of a graph of hundreds once and within the width of the terminal', () => {
    const lines = Array.from(
      { length: 300 },
      (_, index) => `${index + 1} ${index > 0 ? `f${index}` : ''} ${index > 7 ? `f${index - 7}` : ''} > f${index + 1}`,
    )
    const text = drawn(graph(...lines), 60)
    for (let step = 1; step <= 300; step++) expect(text.filter((line) => line.endsWith(`@${step}`))).toHaveLength(1)
    expect(Math.max(...text.map(displayWidth))).toBeLessThanOrEqual(60)
  })

  it('is not led in circles by a job that changes its input in place', () => {
    expect(drawn(graph('1 > data', '2 data > data', '3 data >')).filter((line) => line.includes('@'))).toHaveLength(3)
  })
})
