/** A graph of any size, the same each time, and a server that shows it alone. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { contentPolicy, type Graph, type GraphEdge, type GraphNode, type LineageSource, respond } from '@roar/web'

export function largeGraph(total: number): Graph {
  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const files: number[] = []
  const chance = numbers()
  const file = (label: string): number => {
    const size = Math.floor(10 ** (chance() * 9))
    files.push(nodes.length)
    return nodes.push({ id: label, kind: 'file', label, step: null, target: 'ab'.repeat(32), size, marks: [] }) - 1
  }
  for (let at = 0; at < 50; at++) file(`raw/${at}.csv`)
  for (let step = 1; nodes.length < total; step++) {
    const marks = step % 50 === 0 ? (['dirty'] as const) : step % 70 === 0 ? (['stale'] as const) : []
    const label = `python step.py ${step}`
    const job =
      nodes.push({ id: label, kind: 'job', label, step: `@${step}`, target: '12345678', size: null, marks }) - 1
    for (const back of [chance(), chance()]) {
      const from = files[Math.max(0, files.length - 1 - Math.floor(back * 200))] as number
      edges.push({ from, to: job, size: nodes[from]?.size ?? null })
    }
    for (let made = 0; made < 3 && nodes.length < total; made++) {
      const to = file(`out/${step}/${made}.bin`)
      edges.push({ from: job, to, size: nodes[to]?.size ?? null })
    }
  }
  return { name: 'large', title: 'A large session', facts: [], nodes, edges, cut: null }
}

/** Park and Miller's. */
function numbers(): () => number {
  let state = 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

export async function serveGraph(graph: Graph): Promise<{ url: string; server: Server }> {
  const source = {
    graph: async (name: string) => (name === graph.name ? graph : null),
  } as Partial<LineageSource> as LineageSource
  const room = { source, site: { name: 'test' }, home: { title: 'test', extra: null } }
  const server = createServer(async (request, response) => {
    const { status, type, body } = await respond(room, request.url ?? '/')
    response.writeHead(status, { 'content-type': type, 'content-security-policy': contentPolicy }).end(body)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server }
}
