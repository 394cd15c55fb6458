import { describe, expect, it } from 'vitest'
import type { Graph, GraphNode } from '../port.ts'
import { compareGraphs } from './compare.ts'

const file = (label: string, target: string): GraphNode => ({
  id: label,
  kind: 'file',
  label,
  step: null,
  target,
  size: 1,
  marks: [],
})
const job = (label: string, step: string): GraphNode => ({ ...file(label, label), kind: 'job', step })
const edge = (from: number, to: number) => ({ from, to, size: null })
const graph = (nodes: readonly GraphNode[]): Graph => ({
  name: '',
  title: '',
  facts: [],
  nodes,
  edges: [edge(0, 1), edge(1, 2), edge(2, 3), edge(3, 4)],
  cut: null,
})

const first = graph([
  file('raw', 'r'),
  job('clean raw', '@1'),
  file('clean', 'c'),
  job('fit', '@2'),
  file('model', 'm'),
])

describe('Two graphs laid over each other', () => {
  it('are the same when every content is', () => {
    const { differing, onlyFirst, onlySecond, same, apart } = compareGraphs(first, first)
    expect([differing, onlyFirst, onlySecond, apart]).toEqual([[], [], [], []])
    expect(same).toBe(5)
  })

  it('name the job that used the same and made something else, not those behind it', () => {
    const second = graph([
      file('raw', 'r'),
      job('clean raw', '@1'),
      file('clean', 'other'),
      job('fit', '@2'),
      file('model', 'other too'),
    ])
    const found = compareGraphs(first, second)
    expect(found.differing.map(({ first: { label } }) => label)).toEqual(['clean', 'model'])
    expect(found.apart.map(({ label }) => label)).toEqual(['clean raw'])
  })

  it('know a job whose arguments changed at the same step', () => {
    const second = graph([...first.nodes.slice(0, 1), job('clean --all raw', '@1'), ...first.nodes.slice(2)])
    const { differing, union } = compareGraphs(first, second)
    expect(differing.map((pair) => pair.second.label)).toEqual(['clean --all raw'])
    expect(union.nodes).toHaveLength(5)
    expect(union.edges).toHaveLength(4)
  })

  it('keep what only one of them has, and its edges', () => {
    const second = graph([...first.nodes.slice(0, 3), job('score', '@3'), file('score.json', 's')])
    const { onlyFirst, onlySecond, union } = compareGraphs(first, second)
    expect(onlyFirst.map(({ label }) => label)).toEqual(['fit', 'model'])
    expect(onlySecond.map(({ label }) => label)).toEqual(['score', 'score.json'])
    expect(union.nodes).toHaveLength(7)
    expect(union.edges).toContainEqual(edge(2, 5))
  })
})
