/** `roar reset`: begins a new session; what was recorded stays. */
import { sessionBody } from '@roar/core'
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class ResetCommand extends RoarCommand {
  static override paths = [['reset']]
  static override usage = Command.Usage({
    details:
      'Steps are counted from @1 again. Nothing is deleted: `roar log --all` and `roar show session:HASH` show the old session.',
    examples: [['begin a new session', '$0 reset']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const store = await services.get('storeWriter')
    const before = await store.currentSession()
    const session = await store.openSession(Date.now())
    const document = {
      schema: 'roar.reset/1' as const,
      before: before && { ...sessionBody(before), current: false },
      session: sessionBody(session),
    }
    report.answer(document, (page) => {
      page.line(`new session:${session.hash.slice(0, 12)}`)
      if (before) page.line(page.styles.faint(`the old one stays: roar show session:${before.hash.slice(0, 12)}`))
    })
  }
}
