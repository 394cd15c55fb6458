/** Prints what a reference names, each thing in its own form. */
import {
  type AskedPath,
  artifactDocument,
  jobDocument,
  type LineageStore,
  RoarError,
  sessionDocument,
  undigestedDocument,
} from '@roar/core'
import type { Reference } from '../../references/reference.ts'
import { shownRows } from '../page.ts'
import type { Report } from '../report.ts'
import { artifactView } from './artifact.ts'
import { fateOf } from './fate.ts'
import { jobView } from './job.ts'
import { sessionView } from './session.ts'

/** People see the newest; a program gets all. */
const shownJobs = 30

/** `asked`: of a path. */
export async function show(
  report: Report,
  store: LineageStore,
  reference: Reference,
  asked: AskedPath | null,
): Promise<void> {
  const whole = report.json || report.verbosity > 0
  if (reference.is === 'job') {
    const record = await found(whole ? store.job(reference.job.id) : store.job(reference.job.id, shownRows))
    return report.answer(jobDocument(record), (page, document) =>
      jobView(page, document, fateOf(record.row), record.row),
    )
  }
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
  throw new RoarError('ROAR_REF_UNKNOWN', 'It was removed while roar was looking.', { remedy: ['Ask again.'] })
}
