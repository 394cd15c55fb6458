import { describe, expect, it } from 'vitest'
import type { Graph, GraphNode } from '../port.ts'
import { layered } from './layers.ts'

const graph = (count: number, pairs: readonly (readonly [number, number])[]): Pick<Graph, 'nodes' | 'edges'> => ({
  nodes: Array.from({ length: count }, () => ({})) as GraphNode[],
  edges: pairs.map(([from, to]) => ({ from, to, size: null })),
})

describe('a layered layout', () => {
  it('places what is used to the left of what uses it', () => {
    const pairs = [
      [0, 1],
      [1, 2],
      [0, 2],
      [3, 2],
    ] as const
    const { x } = layered(graph(4, pairs))
    for (const [from, to] of pairs) expect(x[from]).toBeLessThan(x[to] as number)
  })

  it('places a source just before who uses it first', () => {
    const { x } = layered(
      graph(4, [
        [0, 1],
        [1, 2],
        [3, 2],
      ]),
    )
    expect(x[3]).toBe(x[1])
  })

  it('gives no two nodes one place, circles and long layers included', () => {
    const wide = Array.from({ length: 300 }, (_, at) => [0, at + 1] as const)
    const { x, y } = layered(graph(303, [...wide, [301, 302], [302, 301], [301, 301]]))
    expect(new Set(x.map((right, node) => `${right} ${y[node]}`)).size).toBe(303)
    expect([...x, ...y].every(Number.isFinite)).toBe(true)
  })

  it('has an answer for nothing', () => {
    expect(layered(graph(0, []))).toEqual({ x: [], y: [] })
  })
})
