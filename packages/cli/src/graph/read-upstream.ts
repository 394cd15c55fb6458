/** The whole records of the jobs upstream of a reference; or of the job itself alone. */
import type { JobRecord } from '@roar/core'
import type { Services } from '../composition/services.ts'
import { readLineage } from './read-lineage.ts'

export async function readUpstream(services: Services, ref: string, direct: boolean): Promise<readonly JobRecord[]> {
  const { jobs, lookedUp } = await readLineage(services, ref, 'upstream')
  const records: JobRecord[] = []
  for (const job of direct ? jobs.slice(0, 1) : jobs) {
    const record = await lookedUp.store.job(job.id)
    if (record) records.push(record)
  }
  return records
}
