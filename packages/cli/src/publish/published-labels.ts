/** The notes and marks of what is published. */
import { type LineageStore, labelsOf, type PublishedLabels } from '@roar/core'
import type { Collected } from './collect.ts'

export async function publishedLabels(store: LineageStore, { jobs }: Collected): Promise<readonly PublishedLabels[]> {
  const rows = await store.annotations({ jobs: jobs.map((job) => job.id) })
  return jobs.flatMap((job) => {
    const labels = labelsOf(rows.filter((row) => row.target.id === job.id))
    return Object.keys(labels).length > 0 ? [{ of: { job: job.uid }, labels }] : []
  })
}
