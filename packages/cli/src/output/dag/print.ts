/** Prints a graph in the form that was asked for. */
import { resolve } from 'node:path'
import { dagDocument, dagInParts, flow } from '@roar/core'
import type { Dag } from '../../graph/read-dag.ts'
import { visible } from '../escape.ts'
import { count } from '../humane.ts'
import type { Page } from '../page.ts'
import type { Report } from '../report.ts'
import { writeAll } from '../terminal.ts'
import { writeAnswer } from '../write-file.ts'
import { drawFlow } from './draw.ts'
import { graphviz } from './graphviz.ts'
import { dagLabels } from './labels.ts'
import { mermaid } from './mermaid.ts'
import { picture as drawn, type Picture } from './picture.ts'

export interface Form {
  readonly dot: boolean
  readonly mermaid: boolean
  /** File name, `-` for stdout. */
  readonly svg: string | null
  readonly directory: string
}

export async function printDag(report: Report, dag: Dag, form: Form): Promise<void> {
  if (form.svg !== null) return printSvg(report, dag, form.svg, form.directory)
  if (form.dot) return writeAll(1, graphviz(pictureOf(report, dag)))
  if (form.mermaid) return writeAll(1, mermaid(pictureOf(report, dag)))
  if (report.json) return report.answer(dagInParts(...facts(dag)), () => {})
  report.answer(dag, drawing)
}

const facts = (dag: Dag): Parameters<typeof dagDocument> => [
  dag.rows,
  { session: dag.session, staleOnly: dag.staleOnly, staleness: dag.staleness },
]

/** With `-v` every artifact, however many. */
const pictureOf = (report: Report, dag: Dag): Picture =>
  report.verbosity > 0 ? dagDocument(...facts(dag)) : drawn(dagDocument(...facts(dag)))

async function printSvg(report: Report, dag: Dag, file: string, directory: string): Promise<void> {
  const { svg } = await import('./svg.ts')
  const picture = await svg(pictureOf(report, dag))
  if (file === '-') return writeAll(1, picture)
  writeAnswer(resolve(directory, file), picture)
  report.note(`wrote ${visible(file)}`)
}

function drawing(page: Page, dag: Dag): void {
  if (dag.hidden > 0) page.line(page.styles.faint(`… ${count(dag.hidden, 'earlier job')} not drawn (--all draws them)`))
  drawFlow(page, flow(dag.rows, dag.staleness, { withCode: page.verbosity > 0 }), dagLabels(page, dag.staleness))
  if (dag.rows.jobs.length === 0)
    page.line(dag.staleOnly ? 'Nothing is stale.' : 'No jobs are recorded. `roar run COMMAND` records one.')
}
