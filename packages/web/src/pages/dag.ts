/** A graph: drawn where there is JavaScript, and as a list of its jobs for everybody. */
import { count } from '@roar/core'
import type { Page } from '../html/frame.ts'
import { type Html, html, type Value } from '../html/html.ts'
import { artifactAddress, facts, graphAddress, jobLink, marks, section, sizeText, table } from '../html/parts.ts'
import type { Cut, Graph, GraphNode } from '../port.ts'

const jobsAPage = 200
const filesAJob = 8

export function dagPage(graph: Graph, page: number): Page {
  return {
    title: graph.title,
    scripts: ['dag.js'],
    body: html`${facts([
      ...graph.facts.map(({ name, value }) => [name, value] as const),
      ['Size', `${count(jobsOf(graph), 'job')}, ${count(graph.nodes.length - jobsOf(graph), 'file')}`],
    ])}
${graph.cut && cutNotice(graph.name, graph.cut)}
${canvas(`${graphAddress(graph.name)}/graph.json${partQuery(graph.cut?.part ?? 0, '?')}`)}
${section('Jobs', jobList(graph, page))}`,
  }
}

/** What is not here, and where it is. */
const cutNotice = (
  name: string,
  { part, parts, shown, onward }: Cut,
): Html => html`<div class="notice" role="note"><p>${shown}</p>
${parts > 1 && html`<nav aria-label="Parts of the graph"><p>${partLinks(name, part, parts)}</p></nav>`}
${
  onward.length > 0 &&
  html`<p>It goes on beyond these files, whose graphs show what lies there; <code>GET /api/v1/artifacts/DIGEST/lineage</code> gives the same to programs:</p>
<ul>${onward.map(({ digest, label }) => html`<li><a href="${graphAddress(digest)}">${label}</a></li>`)}</ul>`
}</div>`

const partLinks = (name: string, part: number, parts: number): Html =>
  html`${part > 0 && html`<a href="${graphAddress(name)}${partQuery(part - 1, '?')}" rel="prev">The part before</a> `}Part ${part + 1} of ${parts}${part + 1 < parts && html` <a href="${graphAddress(name)}${partQuery(part + 1, '?')}" rel="next">The next part</a>`}`

const partQuery = (part: number, sign: string): string => (part === 0 ? '' : `${sign}part=${part + 1}`)

const jobsOf = (graph: Graph): number => graph.nodes.filter((node) => node.kind === 'job').length

/** Hidden until its script has drawn something. */
export const canvas = (source: string): Html => html`<section id="drawing" data-source="${source}" hidden>
<h2>Drawing</h2>
<div class="tools" role="toolbar" aria-label="Drawing">
<button type="button" data-do="in" aria-label="Zoom in">+</button>
<button type="button" data-do="out" aria-label="Zoom out">−</button>
<button type="button" data-do="fit">Whole</button>
<label>Go to <input type="search" id="goto" list="names" autocomplete="off"></label>
<datalist id="names"></datalist>
<span id="status" role="status"></span>
</div>
<div id="stage" class="stage" role="application" tabindex="0" aria-label="The graph as a drawing. Arrow keys move it, plus and minus zoom, N and P go to the next and previous node, Enter opens it. The list below says the same."></div>
<p class="legend">■ job ● file. Lines are as wide as what flows along them is large. <span class="mark dirty">dirty</span> <span class="mark stale">stale</span></p>
</section>
<noscript><p>With JavaScript there is a drawing of it too.</p></noscript>`

function jobList(graph: Graph, page: number): Value {
  const { inputs, outputs } = filesOf(graph)
  const jobs = graph.nodes.flatMap((node, at) => (node.kind === 'job' ? [{ node, at }] : []))
  const pages = Math.max(1, Math.ceil(jobs.length / jobsAPage))
  const at = Math.min(page, pages - 1)
  const shown = jobs.slice(at * jobsAPage, (at + 1) * jobsAPage)
  return html`${table(
    'Jobs in the order of their steps',
    ['Job', 'Command', 'Used', 'Made'],
    shown.map(({ node, at: job }) => [
      html`${node.target && jobLink({ id: node.target, name: node.step ?? 'job' })}${marks(node.marks)}`,
      html`<code>${node.label}</code>`,
      files(inputs.get(job) ?? []),
      files(outputs.get(job) ?? []),
    ]),
  )}
${pages > 1 && pager(at, pages, partQuery(graph.cut?.part ?? 0, '&'))}`
}

function filesOf({ nodes, edges }: Graph) {
  const inputs = new Map<number, GraphNode[]>()
  const outputs = new Map<number, GraphNode[]>()
  const put = (map: Map<number, GraphNode[]>, job: number, file: number) => {
    const list = map.get(job) ?? []
    list.push(nodes[file] as GraphNode)
    map.set(job, list)
  }
  for (const { from, to } of edges) {
    if (nodes[to]?.kind === 'job') put(inputs, to, from)
    else put(outputs, from, to)
  }
  return { inputs, outputs }
}

const files = (list: readonly GraphNode[]): Value =>
  html`<ul>${list.slice(0, filesAJob).map((node) => html`<li>${fileLink(node)} <small>${sizeText(node.size)}</small>${marks(node.marks)}</li>`)}
${list.length > filesAJob && html`<li>and ${list.length - filesAJob} more</li>`}</ul>`

export const fileLink = ({ target, label }: Pick<GraphNode, 'target' | 'label'>): Value =>
  target === null ? label : html`<a href="${artifactAddress(target)}">${label}</a>`

const pager = (page: number, pages: number, part: string): Html => html`<nav aria-label="Pages of the list"><p>
${page > 0 && html`<a href="?page=${page}${part}" rel="prev">Earlier</a> `}Page ${page + 1} of ${pages}
${page + 1 < pages && html` <a href="?page=${page + 2}${part}" rel="next">Later</a>`}</p></nav>`
