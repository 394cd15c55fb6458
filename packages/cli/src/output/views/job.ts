/** A job for people: what ran, what it read and wrote, and what the tracer could not see. */
import type { InputBody, JobBody, JobDocument, JobRow, OutputBody } from '@roar/core'
import { shellWords, visible } from '../escape.ts'
import { count, duration, grouped, localTime, size } from '../humane.ts'
import { type Page, shownRows } from '../page.ts'
import { Parts, type Rows } from '../parts.ts'
import { coverageLines } from './coverage.ts'
import { environmentView } from './environment.ts'
import { jobMark } from './marks.ts'
import { packagesView } from './packages.ts'
import { shortDigest } from './short-digest.ts'
import { streamLines } from './streams.ts'

/** Of which the document may have the first alone. */
type EdgeCounts = Pick<JobRow, 'inputs' | 'outputs'>

/** The document, but that edges may come part by part. */
export interface ShownJob {
  readonly schema: JobDocument['schema']
  readonly job: Omit<JobBody, 'inputs' | 'outputs'> & {
    readonly inputs: Rows<InputBody>
    readonly outputs: Rows<OutputBody>
  }
}

type Facts = Omit<JobBody, 'inputs' | 'outputs'>

/** `fate`: of a job whose end is not recorded. */
export async function jobView(page: Page, { job }: ShownJob, fate: string, edges: EdgeCounts): Promise<void> {
  const { styles } = page
  page.line(`${jobMark(styles, job)} ${styles.step(job.step)}  ${styles.heading(shellWords(job.argv))}`)
  head(page, job, fate, edges.outputs)
  coverageLines(page, job.tracer)
  await edgeSection(page, 'inputs', job.inputs, edges.inputs, (edge) => source(edge))
  await edgeSection(page, 'outputs', job.outputs, edges.outputs, (edge) => builtOn(edge))
  if (job.deleted.length > 0)
    section(
      page,
      'deleted',
      job.deleted.map((one) => [visible(one.path)]),
    )
  packagesView(page, job)
  environmentView(page, job)
  leftOut(page, job)
  processes(page, job)
  for (const note of job.notes) page.line(`  ${styles.faint('note')}  ${visible(note)}`)
}

function head(page: Page, job: Facts, fate: string, made: number): void {
  if (job.name !== null) page.field('name', visible(job.name))
  page.field(
    'job',
    `${job.uid}  ${page.styles.faint(`execution ${job.execution} in session:${job.session.slice(0, 8)}`)}`,
  )
  page.field(
    'started',
    `${localTime(job.started_at)}${job.duration_ms === null ? '' : `, took ${duration(job.duration_ms)}`}`,
  )
  page.field('ended', ending(page, job, fate))
  if (job.cwd !== '.') page.field('directory', visible(job.cwd))
  streamLines(page, job, made)
  page.field('commit', commitText(page, job))
  if (job.tracer)
    page.field(
      'tracer',
      `${job.tracer.name} ${job.tracer.version}${page.verbosity > 0 ? `  ${page.styles.faint(visible(job.tracer.reason))}` : ''}`,
    )
  const tags = Object.entries(job.tags)
  if (tags.length > 0) page.field('tags', tags.map(([key, value]) => visible(`${key}=${value}`)).join('  '))
  if (job.still_running.length > 0)
    page.field(
      'living on',
      `${count(job.still_running.length, 'process', 'processes')}: ${job.still_running.join(' ')}`,
    )
}

function ending(page: Page, job: Facts, fate: string): string {
  if (job.ended_at === null) return page.styles.warn(fate)
  if (job.signal !== null) return page.styles.bad(`${job.status}: killed by ${job.signal}`)
  const text = job.exit_code === null ? job.status : `${job.status}, exit status ${job.exit_code}`
  return job.status === 'completed' ? page.styles.good(text) : page.styles.bad(text)
}

function commitText(page: Page, { git, dirty }: Facts): string {
  if (git === null) return page.styles.faint('none: recorded outside git')
  const where = git.branch === null ? 'detached' : `on ${visible(git.branch)}`
  const state = dirty ? page.styles.warn(`dirty: ${count(git.dirty_files.length, 'file')}`) : 'clean'
  const remote = git.repository === null ? '' : `  ${page.styles.faint(visible(git.repository))}`
  return `${git.commit?.slice(0, 12) ?? 'none yet'} ${where}, ${state}${remote}`
}

async function edgeSection<E extends AnyBody>(
  page: Page,
  title: string,
  edges: Rows<E>,
  all: number,
  origin: (edge: E) => string,
): Promise<void> {
  const cells = (edge: E): string[] => [...edgeCells(page, edge), edge.access.join(' '), origin(edge)]
  if (!(edges instanceof Parts)) return section(page, title, edges.map(cells), all)
  page.heading(`${title} (${grouped(all)})`)
  await page.tableOfParts(edges.map(cells), edgeColumns)
}

const edgeColumns = [{}, { align: 'right' }] as const

const source = (edge: InputBody): string => {
  if (edge.producer !== null) return `from ${edge.producer}`
  if (edge.base?.producer) return partOf(edge.base, edge)
  return edge.sourced === 'commit' ? `in commit${edge.code ? ', code' : ''}` : 'no known source'
}

/** A file with a digest is known to be the member; what has none, or was changed since, is only known by its place. */
const partOf = ({ producer, path }: NonNullable<InputBody['base']>, { kind, digests }: InputBody): string =>
  kind === 'file' && Object.keys(digests).length > 0
    ? `from ${producer}, in ${visible(path)}`
    : `last made by ${producer}`

/** `was b.csv, from @1`: what the job kept of what stood there. */
function builtOn({ path, base }: OutputBody): string {
  if (base === null) return ''
  const was = base.path === path ? [] : [`was ${visible(base.path)}`]
  return [...was, ...(base.producer === null ? [] : [`from ${base.producer}`])].join(', ')
}

type AnyBody = Omit<OutputBody, 'base'>

const edgeCells = (page: Page, edge: AnyBody): string[] => [
  `${visible(edge.path)}${edge.kind === 'composite' ? compositeText(page, edge) : ''}${furtherNames(page, edge)}`,
  size(edge.size),
  edge.reason === null ? page.styles.faint(shortDigest(edge.digests)) : page.styles.warn(edge.reason),
]

const shownNames = 3

/** ` (also copy.csv)`: links to the same content. */
function furtherNames(page: Page, { names }: AnyBody): string {
  if (names.length === 0) return ''
  const shown = page.verbosity > 0 ? names : names.slice(0, shownNames)
  const more = names.length - shown.length
  return page.styles.faint(
    ` (also ${shown.map((name) => visible(name)).join(', ')}${more > 0 ? ` and ${more} more` : ''})`,
  )
}

/** ` (zarr, 3 of 812 members, incomplete: …)` */
function compositeText(page: Page, { format, members, part, complete, incomplete }: AnyBody): string {
  const all = count(members ?? 0, 'member')
  const text = ` (${visible(format ?? '')}, ${part ? `${part.members} of ${all}` : all}`
  if (complete !== false) return page.styles.faint(`${text})`)
  return (
    page.styles.faint(`${text}, `) +
    page.styles.warn(`incomplete: ${visible(incomplete ?? '')}`) +
    page.styles.faint(')')
  )
}

function section(page: Page, title: string, rows: readonly (readonly string[])[], all = rows.length): void {
  page.heading(`${title} (${grouped(all)})`)
  page.list(rows, title, shownRows, edgeColumns, all)
}

/** What was filtered is counted; `-v` lists it, but for the system's own files, and `-vv` those too. */
function leftOut(page: Page, job: Facts): void {
  const counts = Object.entries(job.filtered ?? {}).filter(([, number]) => number > 0)
  if (counts.length === 0) return
  page.heading('left out')
  page.line(
    `  ${counts.map(([category, number]) => `${number} ${category}`).join(', ')}${page.verbosity === 0 ? page.styles.faint(' (-v lists them)') : ''}`,
  )
  if (page.verbosity === 0) return
  const listed = job.filtered_paths.filter((one) => page.verbosity > 1 || one.category !== 'system')
  page.table(listed.map((one) => [page.styles.faint(one.category), visible(one.path)]))
}

function processes(page: Page, job: Facts): void {
  if (page.verbosity === 0 || job.processes.length === 0) return
  page.heading(`processes (${job.processes.length})`)
  page.table(
    job.processes.map((one) => [
      String(one.pid),
      one.seen_by ?? page.styles.warn('not seen'),
      one.signal ?? String(one.exit_code ?? '-'),
      shellWords(one.argv),
    ]),
  )
}
