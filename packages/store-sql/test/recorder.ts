/**
 * A process that records jobs until it is done or killed: `recorder.mjs DATABASE JOBS FILES-A-JOB [end]`. Prints the uid of each job that is recorded.
 * `end`: it is ended by force behind its last job, as the launcher does with a recorder.
 */
import { writeSync } from 'node:fs'
import { jobOutcome, jobStart, outputEdge } from '@roar/conformance'
import { createStore } from '../src/index.ts'

const [database = '', jobs = '1', files = '1', end] = process.argv.slice(2)

const store = await createStore().open(database)
for (let job = 0; job < Number(jobs); job++) {
  const { uid } = await store.beginJob(jobStart(['work', String(process.pid), String(job)]))
  const outputs = Array.from({ length: Number(files) }, (_, i) => {
    const digest = `${process.pid}${job}`.padEnd(32, 'a') + i.toString(16).padStart(32, '0')
    return outputEdge(`out/${process.pid}/${job}/${i}`, digest)
  })
  await store.finishJob(uid, jobOutcome({ outputs }))
  // Not through a stream: what was printed before a kill has arrived.
  writeSync(1, `${uid}\n`)
}
await store.close({ atEnd: end !== undefined })
if (end !== undefined) process.kill(process.pid, 'SIGKILL')
