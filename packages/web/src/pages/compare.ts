/** Two graphs held against each other. */
import { count } from '@roar/core'
import type { Comparison, Pair } from '../graph/compare.ts'
import type { Page } from '../html/frame.ts'
import { html, type Value } from '../html/html.ts'
import { digestLink, jobLink, longTable, section, sizeText } from '../html/parts.ts'
import type { GraphNode } from '../port.ts'
import { canvas, fileLink } from './dag.ts'

export interface Sides {
  readonly a: string
  readonly b: string
}

const form = ({ a, b }: Sides): Value => html`<form action="/compare">
<label>A: digest or session <input name="a" value="${a}" required maxlength="200"></label>
<label>B: another one <input name="b" value="${b}" required maxlength="200"></label>
<button>Compare</button>
</form>`

export const compareForm = (sides: Sides, notice: string | null): Page => ({
  title: 'Compare',
  body: html`<p>Where did two lineages go apart?</p>
${notice && html`<p class="notice" role="alert">${notice}</p>`}
${form(sides)}`,
})

export function comparePage(sides: Sides, found: Comparison, all: boolean): Page {
  const { differing, onlyFirst, onlySecond, same, apart, union } = found
  const source = `/compare/graph.json?${new URLSearchParams({ ...sides }).toString()}`
  const differ = differing.length + onlyFirst.length + onlySecond.length
  return {
    title: 'Compare',
    scripts: ['dag.js'],
    body: html`${form(sides)}
<p role="status">${differ === 0 ? 'They are the same: ' : `${count(differing.length, 'differs', 'differ')}, ${onlyFirst.length} only in A, ${onlySecond.length} only in B, `}${count(same, 'job or file', 'jobs and files')} in both.</p>
${union.cut && html`<p class="notice" role="note">One of them goes on beyond what is compared. ${union.cut.shown} Its own page says how to see the rest.</p>`}
${apart.length > 0 && section('Where they went apart', nodes('Jobs that used the same and made something else, or are not in both', apart, all))}
${differing.length > 0 && section('Differ', pairs(differing, all))}
${onlyFirst.length > 0 && section('Only in A', nodes('Only in A', onlyFirst, all))}
${onlySecond.length > 0 && section('Only in B', nodes('Only in B', onlySecond, all))}
${canvas(source)}`,
  }
}

const pairs = (list: readonly Pair[], all: boolean): Value =>
  longTable(
    'In both, but not the same',
    ['Kind', 'A', 'B', 'Digest or job in A', 'In B'],
    list.map(({ first, second }) => [first.kind, first.label, second.label, link(first), link(second)]),
    all,
  )

const nodes = (caption: string, list: readonly GraphNode[], all: boolean): Value =>
  longTable(
    caption,
    ['Kind', 'Name', 'Page', 'Size'],
    list.map((node) => [
      node.kind,
      node.kind === 'file' ? fileLink(node) : node.label,
      link(node),
      sizeText(node.size),
    ]),
    all,
  )

const link = (node: GraphNode): Value =>
  node.kind === 'file'
    ? digestLink(node.target, 'no digest')
    : node.target && jobLink({ id: node.target, name: node.step ?? 'job' })
