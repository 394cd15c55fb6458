/** Pictures, by example. */
import { type DagDocument, dagDocument, fromString, type GraphRows, type JobRow } from '@roar/core'
import { describe, expect, it } from 'vitest'
import { picture } from './picture.ts'
import { svg } from './svg.ts'

/** Job n makes `files` files for job n + 1. */
function chain(jobs: number, files: number): DagDocument {
  const edge = (job: number, role: 'input' | 'output', name: string) => ({
    ...{ job, role, path: fromString(name), digest: `d-${name}`, artifact: null, size: 1, code: false },
    producer: role === 'input' ? job - 1 : null,
  })
  const edges: GraphRows['edges'][number][] = []
  for (let job = 1; job <= jobs; job++) {
    for (let file = 0; file < files; file++) {
      if (job > 1) edges.push(edge(job, 'input', `${job - 1}-${file}`))
      edges.push(edge(job, 'output', `${job}-${file}`))
    }
  }
  return dagDocument({ jobs: Array.from({ length: jobs }, (_, at) => jobRow(at + 1)), edges }, { session: 's' })
}

const jobRow = (id: number): JobRow =>
  ({
    ...{ id, uid: `job${id}`, session: 1, step: { kind: 'run', number: id }, execution: 1, argv: [`step${id}`] },
    ...{ status: 'completed', complete: true, startedAt: 0, cwd: '.' },
  }) as unknown as JobRow

describe('a picture', () => {
  it('has the first of a crowd, and one node for the rest, with its edges', () => {
    const { nodes, edges } = picture(chain(2, 30))
    const paths = nodes.flatMap((node) => (node.type === 'artifact' ? [node.path] : []))
    expect(paths).toHaveLength(2 * 9)
    expect(paths.filter((path) => path.startsWith('…'))).toEqual(['… and 22 more files', '… and 22 more files'])
    const [between] = nodes.filter((node) => node.id.startsWith('rest:'))
    expect(edges.filter((edge) => edge.from === between?.id).map((edge) => edge.to)).toEqual(['job:job2'])
    expect(edges.filter((edge) => edge.to === between?.id).map((edge) => edge.from)).toEqual(['job:job1'])
  })

  it('has all of a crowd of nine, whose rest would be one', () => {
    expect(picture(chain(1, 9)).nodes).toHaveLength(10)
  })

  it('keeps apart what is used by others', () => {
    const { nodes } = picture(chain(3, 8))
    expect(nodes).toHaveLength(3 + 3 * 8)
  })

  it.each([
    ['dagre', 10],
    ['layers', 300],
  ])('is drawn by %s, every node at a place of its own within the picture', async (_, jobs) => {
    const drawn = await svg(chain(jobs, 5))
    const [, width, height] = drawn.match(/width="(\d+)" height="(\d+)"/) ?? []
    const boxes = [...drawn.matchAll(/<rect [^>]*x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)"/g)].map(([, x, y, w]) =>
      [x, y, w].map(Number),
    ) as [number, number, number][]
    expect(new Set(boxes.map(([x, y]) => `${x} ${y}`)).size).toBe(jobs * 6)
    for (const [x, y, w] of boxes) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(0)
      expect(x + w).toBeLessThanOrEqual(Number(width))
      expect(y + 30).toBeLessThanOrEqual(Number(height))
    }
    expect(drawn.match(/<path marker/g)).toHaveLength(jobs * 5 + (jobs - 1) * 5)
  })
})
