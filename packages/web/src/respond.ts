/** From an address to a page. Knows nothing of the server around it. */
import { assetNames, readAsset } from './assets.ts'
import { compareGraphs } from './graph/compare.ts'
import { DrawnApart } from './graph/drawn-apart.ts'
import { framed, type Page, type Site } from './html/frame.ts'
import type { Value } from './html/html.ts'
import { styleSheet } from './html/style-sheet.ts'
import { artifactPage } from './pages/artifact.ts'
import { compareForm, comparePage } from './pages/compare.ts'
import { dagPage } from './pages/dag.ts'
import { homePage } from './pages/home.ts'
import { jobPage } from './pages/job.ts'
import { missingPage } from './pages/message.ts'
import { candidatesPage, searchPage } from './pages/search.ts'
import type { Graph, LineageSource } from './port.ts'

export interface PageRoom {
  readonly source: LineageSource
  readonly site: Site
  readonly home: { readonly title: string; readonly extra: Value }
}

export interface PageAnswer {
  readonly status: number
  readonly type: string
  readonly body: string | Buffer
  /** What is the same for everybody may be kept for an hour. */
  readonly shared: boolean
  /** Seconds, where there was too much to do. */
  readonly retryAfter?: number
}

interface Asked {
  /** Of the address, decoded; '' where there is none. */
  readonly name: string
  readonly query: URLSearchParams
}
type Answerer = (room: PageRoom, asked: Asked) => Promise<PageAnswer>

const routes: Readonly<Record<string, Answerer>> = {
  '/': async (room, { query }) => {
    const graphs = await room.source.graphs({ cursor: query.get('cursor') })
    return page(room, homePage(room.home.title, graphs, room.home.extra))
  },
  '/search': search,
  '/artifact/:name': async (room, { name, query }) => {
    const found = await room.source.artifact(name)
    if (!found) return missing(room)
    if ('candidates' in found) return page(room, candidatesPage(name, found.candidates), 300)
    return page(room, artifactPage(found, query.has('all')))
  },
  '/job/:name': async (room, { name, query }) => {
    const found = await room.source.job(name)
    return found ? page(room, jobPage(found, query.has('all'))) : missing(room)
  },
  '/dag/:name': async (room, { name, query }) => {
    const graph = await room.source.graph(name, numbered(query, 'part'))
    return graph ? page(room, dagPage(graph, numbered(query, 'page'))) : missing(room)
  },
  '/dag/:name/graph.json': async (room, { name, query }) =>
    drawn(room, await room.source.graph(name, numbered(query, 'part'))),
  '/compare': compare,
  '/compare/graph.json': async (room, { query }) => {
    const [a, b] = await both(room, query)
    return drawn(room, a && b ? compareGraphs(a, b).union : null)
  },
  '/style.css': async () => ({ status: 200, type: 'text/css; charset=utf-8', body: styleSheet, shared: true }),
  '/assets/:name': async (room, { name }) =>
    assetNames.has(name)
      ? { status: 200, type: 'text/javascript; charset=utf-8', body: await readAsset(name), shared: true }
      : missing(room),
}

/** As routers spell them. */
export const pageAddresses: readonly string[] = Object.keys(routes)

const patterns = pageAddresses.map((path) => ({
  pattern: new RegExp(`^${path.replaceAll('.', '\\.').replace(':name', '([^/]+)')}$`),
  answer: routes[path] as Answerer,
}))

/** `address`: path and query, as they came. Always answers; what there is no page for is not found. */
export async function respond(room: PageRoom, address: string): Promise<PageAnswer> {
  const [path = '', query = ''] = address.split(/\?(.*)/s)
  for (const { pattern, answer } of patterns) {
    const match = pattern.exec(path)
    const name = match && decoded(match[1] ?? '')
    if (name !== null) return answer(room, { name, query: new URLSearchParams(query) })
  }
  return missing(room)
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text)
  } catch {
    return null
  }
}

export const page = ({ site }: Pick<PageRoom, 'site'>, shown: Page, status = 200): PageAnswer => ({
  status,
  type: 'text/html; charset=utf-8',
  body: framed(site, shown),
  shared: false,
})

export const missing = (room: Pick<PageRoom, 'site'>): PageAnswer => page(room, missingPage, 404)

async function search(room: PageRoom, { query }: Asked): Promise<PageAnswer> {
  const text = (query.get('q') ?? '').trim().slice(0, 400)
  const none = { items: [], next: null }
  const asked = { cursor: query.get('cursor'), artifacts: query.get('artifacts') }
  const found = text === '' ? { artifacts: none, jobs: none } : await room.source.search(text, asked)
  return page(room, searchPage(text, found))
}

/** Of `?page=2` the place 1; of whatever is no number 0. */
function numbered(query: URLSearchParams, name: string): number {
  const asked = Number(query.get(name) ?? 1)
  return Number.isSafeInteger(asked) && asked > 0 ? asked - 1 : 0
}

/** One for the process: however many rooms there are, it has so many processors. */
const apart = new DrawnApart()
const json = 'application/json; charset=utf-8'
const soon = 5

async function drawn(room: PageRoom, graph: Graph | null): Promise<PageAnswer> {
  if (!graph) return missing(room)
  const body = await apart.text(graph)
  if (body !== null) return { status: 200, type: json, body, shared: false }
  const why = JSON.stringify({ error: 'Too many graphs are being drawn. The list shows the same; try again soon.' })
  return { status: 503, type: json, body: why, shared: false, retryAfter: soon }
}

const both = (room: PageRoom, query: URLSearchParams) =>
  Promise.all(['a', 'b'].map((side) => room.source.graph((query.get(side) ?? '').trim(), 0)))

async function compare(room: PageRoom, { query }: Asked): Promise<PageAnswer> {
  const sides = { a: query.get('a') ?? '', b: query.get('b') ?? '' }
  if (sides.a === '' || sides.b === '') return page(room, compareForm(sides, null))
  const [a, b] = await both(room, query)
  if (a && b) return page(room, comparePage(sides, compareGraphs(a, b), query.has('all')))
  return page(room, compareForm(sides, `There is no ${a ? 'B' : 'A'} of this name, or it is not visible to you.`), 404)
}
