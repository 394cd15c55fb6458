/** The first page: what can be searched, and the newest graphs. */
import { count } from '@roar/core'
import type { Page } from '../html/frame.ts'
import { type Html, html, type Value } from '../html/html.ts'
import { graphAddress, moment, nextPage, section, table } from '../html/parts.ts'
import type { GraphSummary, Listed } from '../port.ts'

export function homePage(title: string, graphs: Listed<GraphSummary>, extra: Value): Page {
  const rows = graphs.items.map((one) => [
    html`<a href="${graphAddress(one.name)}"><code>${one.name.slice(0, 12)}</code></a>`,
    moment(one.at),
    count(one.jobs, 'job'),
    one.by,
    one.repository,
    one.commit && html`<code>${one.commit.slice(0, 12)}</code>`,
    one.visibility,
  ])
  return {
    title,
    body: html`<p>Where does this file come from, and can it be made again? Search by a digest of any algorithm (its first 8 digits are enough),
a name, or words of a command.</p>
${extra}
${section('Newest', rows.length > 0 ? filled(rows) : html`<p>Nothing is recorded here yet.</p>`)}
${nextPage(graphs.next)}`,
  }
}

const heads = ['Graph', 'Since', 'Jobs', 'By', 'Repository', 'Commit', 'Readable']

/** A workspace knows less of a graph than a registry: columns that would be empty are left out. */
function filled(rows: readonly (readonly Value[])[]): Html {
  const used = heads.map((_, at) => rows.some((row) => row[at] !== null && row[at] !== ''))
  const kept = <T>(list: readonly T[]): T[] => list.filter((_, at) => used[at])
  return table('Graphs, newest first', kept(heads), rows.map(kept))
}
