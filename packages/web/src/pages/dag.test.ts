import { describe, expect, it } from 'vitest'
import { framed } from '../html/frame.ts'
import type { Cut, Graph } from '../port.ts'
import { dagPage } from './dag.ts'

const nodes = Array.from({ length: 450 }, (_, at) => ({
  id: `job:${at}`,
  kind: 'job' as const,
  label: `make ${at}`,
  step: `@${at}`,
  target: `${at}`,
  size: null,
  marks: [],
}))
const graph = (cut: Cut | null): Graph => ({ name: 'ab', title: 'A graph', facts: [], nodes, edges: [], cut })
const text = (cut: Cut | null, page = 0): string => framed({ name: 'test' }, dagPage(graph(cut), page))

describe('The page of a graph', () => {
  it('that is whole says nothing of parts', () => {
    expect(text(null)).not.toContain('notice')
    expect(text(null)).toContain('data-source="/dag/ab/graph.json"')
    expect(text(null)).toContain('href="?page=2"')
  })

  it('that is shown in parts says which one it is, leads to the others, and stays in it from page to page', () => {
    const shown = 'Here are jobs 10,001 to 20,000 of 25,000.'
    const middle = text({ part: 1, parts: 3, shown, onward: [] }, 1)
    for (const words of [shown, 'Part 2 of 3', 'href="/dag/ab"', 'href="/dag/ab?part=3"', 'graph.json?part=2'])
      expect(middle).toContain(words)
    for (const words of ['href="?page=1&amp;part=2"', 'href="?page=3&amp;part=2"']) expect(middle).toContain(words)
    const last = text({ part: 2, parts: 3, shown, onward: [] })
    expect(last).toContain('href="/dag/ab?part=2"')
    expect(last).not.toContain('The next part')
  })

  it('whose list has not so many pages shows the last one', () => {
    expect(text(null, 77)).toBe(text(null, 2))
    expect(text(null, 2)).toContain('make 449')
  })

  it('that was cut names the files beyond which it goes on, each with its graph', () => {
    const onward = [{ digest: 'f'.repeat(64), label: '<b>raw</b>' }]
    const page = text({ part: 0, parts: 1, shown: 'Here are the 20,000 nearest.', onward })
    expect(page).toContain(`href="/dag/${'f'.repeat(64)}"`)
    expect(page).toContain('&lt;b&gt;raw&lt;/b&gt;')
    expect(page).not.toContain('Part 1')
  })
})
