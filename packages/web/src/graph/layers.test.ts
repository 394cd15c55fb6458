import { describe, expect, it } from 'vitest'
import type { Graph, GraphNode } from '../port.ts'
import { layered } from './layers.ts'

const graph = (count: number, pairs: readonly (readonly [number, number])[]): Pick<Graph, 'nodes' | 'edges'> => ({
  nodes: Array.from({ length: count }, () => ({})) as GraphNode[],
  edges: pairs.map(([from, to]) => ({ from, to, size: null })),
})

describe('a layered layout', () => {
  it('places what is used to the left of what uses it', async () => {
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
      [3, 2],
    ] as const
    const { x } = await layered(graph(4, pairs))
    for (const [from, to] of pairs) expect(x[from]).toBeLessThan(x[to] as number)
  })

  it('places a source just before who uses it first', async () => {
    const { x } = await layered(
      graph(4, [
        [0, 1],
        [1, 2],
        [3, 2],
      ]),
    )
    expect(x[3]).toBe(x[1])
  })

  it('gives no two nodes one place, circles and long layers included', async () => {
    const wide = Array.from({ length: 300 }, (_, at) => [0, at + 1] as const)
    const { x, y } = await layered(graph(303, [...wide, [301, 302], [302, 301], [301, 301]]))
    expect(new Set(x.map((right, node) => `${right} ${y[node]}`)).size).toBe(303)
    expect([...x, ...y].every(Number.isFinite)).toBe(true)
  })

  it('has an answer for nothing', async () => {
    expect(await layered(graph(0, []))).toEqual({ x: [], y: [] })
  })

  it('of twenty thousand nodes leaves the event loop to others many times', async () => {
    const pairs = Array.from({ length: 19_999 }, (_, at) => [Math.floor(at / 3), at + 1] as const)
    const laid = layered(graph(20_000, pairs))
    let turns = 0
    let isDone = false
    const others = (async () => {
      for (; !isDone; turns++) await new Promise((done) => setImmediate(done))
    })()
    await laid
    isDone = true
    await others
    expect(turns).toBeGreaterThan(10)
  })
})
