/** From an address to a page. Knows nothing of the server around it. */
import { assetNames, readAsset } from './assets.ts'
import { compareGraphs } from './graph/compare.ts'
import { drawing } from './graph/drawing.ts'
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
    const graph = await room.source.graph(name)
    const asked = Number(query.get('page') ?? 1)
    return graph ? page(room, dagPage(graph, Number.isSafeInteger(asked) && asked > 0 ? asked - 1 : 0)) : missing(room)
  },
  '/dag/:name/graph.json': async (room, { name }) => drawn(room, await room.source.graph(name)),
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

const drawn = async (room: PageRoom, graph: Graph | null): Promise<PageAnswer> =>
  graph
    ? {
        status: 200,
        type: 'application/json; charset=utf-8',
        body: JSON.stringify(await drawing(graph)),
        shared: false,
      }
    : missing(room)

const both = (room: PageRoom, query: URLSearchParams) =>
  Promise.all(['a', 'b'].map((side) => room.source.graph((query.get(side) ?? '').trim())))

async function compare(room: PageRoom, { query }: Asked): Promise<PageAnswer> {
  const sides = { a: query.get('a') ?? '', b: query.get('b') ?? '' }
  if (sides.a === '' || sides.b === '') return page(room, compareForm(sides, null))
  const [a, b] = await both(room, query)
  if (a && b) return page(room, comparePage(sides, compareGraphs(a, b), query.has('all')))
  return page(room, compareForm(sides, `There is no ${a ? 'B' : 'A'} of this name, or it is not visible to you.`), 404)
}
