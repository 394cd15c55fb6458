/** `roar pop`: drops the newest job of the session from the record. */
import { jobSummary, RoarError, stepName } from '@roar/core'
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import { shellWords } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { currentSession } from '../references/session.ts'
import { isAlive } from '../run/process-identity.ts'
import { RoarCommand } from './roar-command.ts'

export class PopCommand extends RoarCommand {
  static override paths = [['pop']]
  static override usage = Command.Usage({
    details:
      'Drops the newest job of the session with what only it refers to. Files are not touched. A job that still runs is not dropped.',
    examples: [['forget the last run', '$0 pop']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const store = await services.get('storeWriter')
    const session = await currentSession(store)
    const [newest] = await store.jobs({ session: session.id, limit: 1 })
    if (!newest)
      throw new RoarError('ROAR_SESSION_EMPTY', 'The session has no jobs.', {
        remedy: ['roar log --all lists those of other sessions'],
      })
    const { recorderPid: pid, recorderStart: start } = newest
    if (newest.status === 'running' && pid !== null && isAlive({ pid, start: start ?? '' }))
      throw stillRunning(newest.uid)
    const dropped = (await store.popJob(session.id)) ?? newest
    report.answer({ schema: 'roar.pop/1' as const, job: jobSummary(dropped) }, (page) =>
      page.line(
        `dropped ${page.styles.step(stepName(dropped.step))} ${page.styles.faint(dropped.uid)}  ${shellWords(dropped.argv)}`,
      ),
    )
  }
}

const stillRunning = (uid: string): RoarError =>
  new RoarError('ROAR_JOB_RUNNING', `Job ${uid} is still running.`, { remedy: ['Wait for it, or end it first.'] })
