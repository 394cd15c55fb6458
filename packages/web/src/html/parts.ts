/** The pieces that pages are put together from. */
import { duration, size } from '@roar/core'
import type { ArtifactLine, JobLine, Mark, Tombstone } from '../port.ts'
import { type Html, html, type Value } from './html.ts'

/** Lists longer than this say how many they leave out; `?all` shows them. */
export const mostRows = 200

export const artifactAddress = (digest: string): string => `/artifact/${encodeURIComponent(digest)}`
export const jobAddress = (id: string): string => `/job/${encodeURIComponent(id)}`
export const graphAddress = (name: string): string => `/dag/${encodeURIComponent(name)}`

export const moment = (iso: string): Html =>
  html`<time datetime="${iso}">${iso.replace('T', ' ').replace(/(\.\d+)?Z$/, ' UTC')}</time>`

/** Who may read it, for people; what is no scope of a registry stays as it is. */
const readers: Readonly<Record<string, string>> = {
  anonymous: 'by everybody; who published it is not named',
  public: 'by everybody',
  private: 'by its owner alone',
  project: 'by its project',
}
export const readableText = (visibility: string | null): Value => visibility && (readers[visibility] ?? visibility)

export const sizeText = (bytes: number | null): string => (bytes === null ? '' : size(bytes))
export const durationText = (ms: number | null): string | null => (ms === null ? null : duration(ms))

/** Terms and what they are; those that are null are left out. */
export const facts = (rows: readonly (readonly [string, Value])[]): Html =>
  html`<dl>${rows.flatMap(([name, value]) =>
    value === null || value === undefined || value === false ? [] : [html`<dt>${name}</dt><dd>${value}</dd>`],
  )}</dl>`

export function table(caption: string, heads: readonly string[], rows: readonly (readonly Value[])[]): Html {
  return html`<div class="wide" role="region" aria-label="${caption}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr>${row.map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody>
</table></div>`
}

/** Cut at `mostRows`, with a way to all of it. */
export function longTable(
  caption: string,
  heads: readonly string[],
  rows: readonly (readonly Value[])[],
  all: boolean,
): Html {
  const shown = all ? rows : rows.slice(0, mostRows)
  const rest = rows.length - shown.length
  return html`${table(caption, heads, shown)}
${rest > 0 && html`<p><a href="?all">${rest} more</a></p>`}`
}

const markWords: Readonly<Record<Mark, string>> = {
  dirty: 'dirty',
  stale: 'stale',
  superseded: 'superseded',
  withdrawn: 'withdrawn',
  changed: 'differs',
  first: 'only in A',
  second: 'only in B',
}

export const markWord = (mark: Mark): string => markWords[mark]

export const marks = (list: readonly Mark[]): Value =>
  list.map((mark) => html` <span class="mark ${mark}">${markWord(mark)}</span>`)

export const digestLink = (digest: string | null, reason: string | null = null): Value =>
  digest === null
    ? reason && html`<em>${reason}</em>`
    : html`<a href="${artifactAddress(digest)}"><code title="${digest}">${digest.slice(0, 12)}</code></a>`

export const jobLink = ({ id, name }: { readonly id: string; readonly name: string }): Html =>
  html`<a href="${jobAddress(id)}">${name}</a>`

export const jobRow = (job: JobLine): readonly Value[] => [
  html`${jobLink(job)}${marks(job.marks)}`,
  html`<code>${job.command ?? ''}</code>`,
  job.at && moment(job.at),
  job.exitCode,
]
export const jobHeads = ['Job', 'Command', 'Started', 'Exit']

export const artifactRow = (one: ArtifactLine): readonly Value[] => [
  digestLink(one.digest),
  one.algorithm,
  one.path,
  sizeText(one.size),
]
export const artifactHeads = ['Digest', 'Algorithm', 'Name', 'Size']

export const tombstone = (withdrawn: Tombstone | null): Value =>
  withdrawn &&
  html`<p class="notice" role="note">Withdrawn on ${moment(withdrawn.at)}${withdrawn.reason && `: ${withdrawn.reason}`}.</p>`

export const section = (title: string, body: Value): Html => html`<section><h2>${title}</h2>${body}</section>`

/** A link only to what a browser should follow: never `javascript:` or `data:`. */
export const place = (text: string): Value =>
  /^https?:\/\/[^\s]+$/i.test(text)
    ? html`<a href="${text}" rel="noreferrer nofollow">${text}</a>`
    : html`<code>${text}</code>`

export const labelTable = (labels: Readonly<Record<string, unknown>>): Value => {
  const rows = Object.entries(labels).map(([name, value]) => [
    name,
    typeof value === 'string' ? value : JSON.stringify(value),
  ])
  return rows.length > 0 && section('Labels', table('Labels', ['Name', 'Value'], rows))
}

export const nextPage = (
  next: string | null,
  query: Readonly<Record<string, string>> = {},
  { name, words } = { name: 'cursor', words: 'Older' },
): Value =>
  next !== null &&
  html`<p><a href="?${new URLSearchParams({ ...query, [name]: next }).toString()}" rel="next">${words}</a></p>`
