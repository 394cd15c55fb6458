import { describe, expect, it } from 'vitest'
import type { Graph, GraphNode } from '../port.ts'
import { drawing } from './drawing.ts'
import { DrawnApart } from './drawn-apart.ts'

const node = (at: number): GraphNode => ({
  id: `file:${at}`,
  kind: 'file',
  label: `data/${at}`,
  step: null,
  target: null,
  size: at,
  marks: [],
})
const tree = (count: number): Pick<Graph, 'nodes' | 'edges'> => ({
  nodes: Array.from({ length: count }, (_, at) => node(at)),
  edges: Array.from({ length: count - 1 }, (_, at) => ({ from: Math.floor(at / 3), to: at + 1, size: at })),
})

describe('A drawing', () => {
  it('of a large graph is made in a thread, while others have their turns, and is the same', async () => {
    const graph = tree(20_000)
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const text = await new DrawnApart().text(graph)
    clearInterval(timer)
    expect(text).toBeInstanceOf(Buffer)
    expect(String(text) === JSON.stringify(drawing(graph))).toBe(true)
    expect(turns).toBeGreaterThan(5)
  }, 60_000)

  it('of a small one needs none', async () => {
    const graph = tree(50)
    expect(await new DrawnApart({ atOnce: 0 }).text(graph)).toBe(JSON.stringify(drawing(graph)))
  })

  it('is refused at once where so many are made and wait already, and not any more when they are done', async () => {
    const apart = new DrawnApart({ atOnce: 1, waiting: 1, small: 0 })
    const both = [apart.text(tree(10)), apart.text(tree(20))]
    expect(await apart.text(tree(30))).toBe(null)
    expect((await Promise.all(both)).map((text) => JSON.parse(String(text)).x.length)).toEqual([10, 20])
    expect(JSON.parse(String(await apart.text(tree(30)))).x).toHaveLength(30)
  }, 60_000)

  it('that fails or takes too long gives its place back', async () => {
    const apart = new DrawnApart({ atOnce: 1, waiting: 0, small: 0, longest: 60_000 })
    const broken = { nodes: [() => 'no value that goes to a thread'], edges: [] } as unknown as ReturnType<typeof tree>
    await expect(apart.text(broken)).rejects.toThrow(/could not be cloned/)
    const unreadable = { nodes: [null], edges: [] } as unknown as ReturnType<typeof tree>
    await expect(apart.text(unreadable)).rejects.toThrow(/null/)
    expect(JSON.parse(String(await apart.text(tree(3)))).x).toHaveLength(3)
    await expect(new DrawnApart({ small: 0, longest: 0 }).text(tree(9))).rejects.toThrow(/longer than 0 ms/)
  }, 60_000)
})
