/** One content: its digests and who vouches for them, where it lies, who made and used it, and how often it was made again. */
import { count, type ReceiptVerdict } from '@roar/core'
import type { Page } from '../html/frame.ts'
import { html, type Value } from '../html/html.ts'
import {
  artifactHeads,
  artifactRow,
  facts,
  graphAddress,
  jobHeads,
  jobRow,
  labelTable,
  longTable,
  moment,
  place,
  readableText,
  section,
  sizeText,
  table,
  tombstone,
} from '../html/parts.ts'
import type { ArtifactView, KnownDigest, Reproduction, Use } from '../port.ts'

export function artifactPage(view: ArtifactView, all: boolean): Page {
  return {
    title: view.path ?? `Artifact ${view.digest.slice(0, 12)}`,
    body: html`${tombstone(view.withdrawn)}
${head(view)}
${view.digests.length > 0 && section('Digests', digests(view.digests))}
${section('Made by', uses('Jobs that made it', view.producedBy, all))}
${section('Used by', uses('Jobs that used it', view.usedBy, all))}
${view.keptBy.length > 0 && section('Kept unread by', uses('Jobs that kept it and made something of it', view.keptBy, all))}
${view.locations.length > 0 && section('Where it lies', locations(view, all))}
${section('Make it again', reproduce(view))}
${labelTable(view.labels)}
${
  view.also.length > 0 &&
  section(
    'Also claimed',
    html`<p>Somebody claims one of these digests of other contents too.</p>
${table('Other artifacts', artifactHeads, view.also.map(artifactRow))}`,
  )
}`,
  }
}

const head = (view: ArtifactView): Value =>
  facts([
    ['Kind', view.kind === 'composite' ? composite(view) : (view.format ?? 'file')],
    [
      'Size',
      view.size === null
        ? null
        : html`${sizeText(view.size)}${view.size > 1023 && html` <small>(${view.size.toLocaleString('en')} bytes)</small>`}`,
    ],
    ['Asked for', view.member && askedMember(view.member)],
    ['First seen', moment(view.firstSeen)],
    ['Readable', readableText(view.visibility)],
    ['Lineage', html`<a href="${graphAddress(view.digest)}">what it came from, and what came from it</a>`],
  ])

const askedMember = ({ path, size }: NonNullable<ArtifactView['member']>): Value =>
  html`its member <code>${path}</code>${size !== null && html`, ${sizeText(size)}`}`

const composite = ({ format, members }: ArtifactView): string =>
  `composite${format ? `, ${format}` : ''}${members === null ? '' : `, ${count(members, 'member')}`}`

const digests = (list: readonly KnownDigest[]): Value =>
  table(
    'Digests and who vouches for them',
    ['Algorithm', 'Digest', 'Claims'],
    list.map(({ algorithm, digest, claims }) => [
      algorithm,
      html`<code class="whole">${digest}</code>`,
      html`<ul>${claims.map(
        ({ by, at, proof }) =>
          html`<li>${proof}${by !== null && ` by ${by}`}${at !== null && html`, ${moment(at)}`}</li>`,
      )}</ul>`,
    ]),
  )

const uses = (caption: string, list: readonly Use[], all: boolean): Value =>
  list.length === 0
    ? html`<p>None that is known here.</p>`
    : longTable(
        caption,
        [...jobHeads, 'As'],
        list.map(({ job, path }) => [...jobRow(job), path]),
        all,
      )

const locations = ({ locations: list }: ArtifactView, all: boolean): Value =>
  longTable(
    'Where it lies',
    ['Place', 'Note'],
    list.map((one) => [place(one.place), one.note]),
    all,
  )

function reproduce(view: ArtifactView): Value {
  const made = Object.values(view.verdicts).reduce((sum, number) => sum + number, 0)
  return html`<pre tabindex="0" aria-label="Commands">${view.reproduce.map(
    (line) => html`${line}
`,
  )}</pre>
${
  made === 0
    ? html`<p>Nobody has reported making it again.</p>`
    : html`<p>Made again ${count(made, 'time')}: ${verdictWords(view.verdicts)}.</p>
${table('Receipts, newest first', ['When', 'By', 'Verdict', 'Note'], view.reproductions.map(receipt))}`
}`
}

const receipt = ({ at, by, verdict, note }: Reproduction): readonly Value[] => [
  moment(at),
  by ?? 'anonymous',
  html`<span class="mark ${verdict}">${verdict}</span>`,
  note,
]

const verdictWords = (verdicts: Readonly<Record<ReceiptVerdict, number>>): string =>
  Object.entries(verdicts)
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${word} ${number}×`)
    .join(', ')
