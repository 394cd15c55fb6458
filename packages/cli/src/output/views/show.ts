/** Prints what a reference names, each thing in its own form. */
import {
  type AskedPath,
  artifactDocument,
  type EdgePart,
  inputBody,
  type JobRecord,
  type JobRow,
  jobDocument,
  type LineageStore,
  outputBody,
  RoarError,
  sessionDocument,
  undigestedDocument,
} from '@roar/core'
import type { Reference } from '../../references/reference.ts'
import { shownRows } from '../page.ts'
import { Parts } from '../parts.ts'
import type { Report } from '../report.ts'
import { artifactView } from './artifact.ts'
import { fateOf } from './fate.ts'
import { jobView, type ShownJob } from './job.ts'
import { sessionView } from './session.ts'

/** People see the newest; a program gets all. */
const shownJobs = 30

/** Edges of a job: a tenth of a second's, and ten megabytes of them. */
const mostAtOnce = 5000
const partSize = 1000

/** `asked`: of a path. */
export async function show(
  report: Report,
  store: LineageStore,
  reference: Reference,
  asked: AskedPath | null,
): Promise<void> {
  const whole = report.json || report.verbosity > 0
  if (reference.is === 'job') return showJob(report, store, reference.job, whole)
  if (reference.is === 'artifact') return showArtifact(report, store, reference.artifact.id)
  if (reference.is === 'session') {
    const jobs = await store.jobs({
      session: reference.session.id,
      ...(!whole && { limit: shownJobs }),
    })
    return report.answer(sessionDocument(reference.session, jobs.toReversed()), sessionView)
  }
  const artifact = reference.uses.find((use) => use.artifact !== null)?.artifact
  if (artifact) return showArtifact(report, store, artifact.id, asked)
  return report.answer(undigestedDocument(reference.uses, asked), artifactView)
}

async function showJob(report: Report, store: LineageStore, job: JobRow, whole: boolean): Promise<void> {
  const [record, document] = whole ? await wholeJob(store, job) : await documented(store.job(job.id, shownRows))
  await report.answerInParts(document, (page, { schema, job }) =>
    jobView(page, { schema, job }, fateOf(record.row), record.row),
  )
}

type Documented = readonly [JobRecord, ShownJob]

async function documented(answer: Promise<JobRecord | null>): Promise<Documented> {
  const record = await found(answer)
  return [record, jobDocument(record)]
}

/** Few edges are read at once: to print a table of parts takes asking twice. */
async function wholeJob(store: LineageStore, { id, inputs, outputs }: JobRow): Promise<Documented> {
  if (inputs + outputs <= mostAtOnce || !store.inputsOf || !store.outputsOf) return documented(store.job(id))
  const [record, { schema, job }] = await documented(store.job(id, 0))
  const parts = {
    inputs: edgeParts(inputs, (part) => store.inputsOf?.(id, part)).map(inputBody),
    outputs: edgeParts(outputs, (part) => store.outputsOf?.(id, part)).map(outputBody),
  }
  return [record, { schema, job: { ...job, ...parts } }]
}

function edgeParts<T>(all: number, ask: (part: EdgePart) => Promise<readonly T[]> | undefined): Parts<T> {
  return new Parts(async function* () {
    for (let from = 0; from < all; from += partSize) {
      const some = (await ask({ from, limit: partSize })) ?? []
      if (some.length < Math.min(partSize, all - from)) throw removed()
      yield some
    }
  })
}

async function showArtifact(
  report: Report,
  store: LineageStore,
  id: number,
  asked: AskedPath | null = null,
): Promise<void> {
  const record = await found(store.artifact(id))
  const [digest] = Object.values(record.digests)
  const receipts = digest === undefined ? [] : await store.receipts({ digest })
  report.answer(artifactDocument(record, receipts, asked), artifactView)
}

/** Another process may have removed it between two questions (`roar pop`). */
async function found<T>(answer: Promise<T | null>): Promise<T> {
  const value = await answer
  if (value !== null) return value
  throw removed()
}

const removed = (): RoarError =>
  new RoarError('ROAR_REF_UNKNOWN', 'It was removed while roar was looking.', { remedy: ['Ask again.'] })
