/** One job: the command, what it read and made, what it ran in, and what could not be seen of it. */
import type { Page } from '../html/frame.ts'
import { html, type Value } from '../html/html.ts'
import {
  digestLink,
  durationText,
  facts,
  graphAddress,
  jobAddress,
  jobLink,
  labelTable,
  longTable,
  marks,
  moment,
  readableText,
  section,
  sizeText,
  tombstone,
} from '../html/parts.ts'
import type { EdgeView, JobView, KeptView } from '../port.ts'
import { recordSections } from './record.ts'

export function jobPage(job: JobView, all: boolean): Page {
  return {
    title: `Job ${job.name}`,
    body: html`${tombstone(job.withdrawn)}
${job.supersededBy !== null && html`<p class="notice" role="note">A newer account of it: <a href="${jobAddress(job.supersededBy)}">${job.supersededBy.slice(0, 12)}</a></p>`}
<pre tabindex="0" aria-label="Command">${job.command ?? ''}</pre>
<p>${marks(job.marks)}${job.staleBecause}</p>
${head(job)}
${section(`Inputs (${job.inputs.length})`, edges('Inputs', job.inputs, all))}
${job.kept.length > 0 && section(`Kept unread (${job.kept.length})`, kept(job.kept, all))}
${section(`Outputs (${job.outputs.length})`, edges('Outputs', job.outputs, all))}
${recordSections(job.record, all)}
${labelTable(job.labels)}`,
  }
}

const head = (job: JobView): Value =>
  facts([
    ['Title', job.title],
    ['Job', html`<code>${job.uid}</code>`],
    ['Started', job.at && moment(job.at)],
    ['Took', durationText(job.durationMs)],
    ['Ended', ending(job)],
    ['Directory', job.directory && html`<code>${job.directory}</code>`],
    ['Repository', job.repository],
    ['Commit', job.commit && html`<code>${job.commit}</code>${job.branch && ` on ${job.branch}`}`],
    ['Readable', readableText(job.visibility)],
    ['Corrects', job.supersedes && html`<a href="${jobAddress(job.supersedes)}">${job.supersedes.slice(0, 12)}</a>`],
    [
      'Graphs',
      job.graphs.length > 0 &&
        job.graphs.map((name) => html`<a href="${graphAddress(name)}"><code>${name.slice(0, 12)}</code></a> `),
    ],
  ])

const ending = ({ status, exitCode, signal }: JobView): string =>
  signal !== null ? `by ${signal}` : exitCode === null ? status : `${status}, exit status ${exitCode}`

const edges = (caption: string, list: readonly EdgeView[], all: boolean): Value =>
  list.length === 0
    ? html`<p>None.</p>`
    : longTable(
        caption,
        ['Path', 'Digest', 'Size', 'How', 'From'],
        list.map((edge) => [
          html`${edge.path}${edge.kind === 'composite' && ' (composite)'}`,
          digestLink(edge.digest, edge.reason),
          sizeText(edge.size),
          edge.access.join(', '),
          edge.producer ? jobLink(edge.producer) : edge.sourced,
        ]),
        all,
      )

/** What was there before, and is in an output without having been read. */
const kept = (list: readonly KeptView[], all: boolean): Value =>
  longTable(
    'Kept unread',
    ['Path', 'Digest', 'Size', 'In', 'From'],
    list.map((edge) => [
      html`${edge.path}${edge.kind === 'composite' && ' (composite)'}`,
      digestLink(edge.digest, edge.reason),
      sizeText(edge.size),
      edge.keptFor,
      edge.producer ? jobLink(edge.producer) : edge.sourced,
    ]),
    all,
  )
