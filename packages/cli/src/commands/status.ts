/** `roar status`: where the session stands. */
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { status } from '../reading/status.ts'
import { RoarCommand } from './roar-command.ts'

export class StatusCommand extends RoarCommand {
  static override paths = [['status']]
  static override usage = Command.Usage({
    details:
      'The steps of the session and which of them are stale; whether their outputs are on disk as they were recorded; jobs that run or were\ninterrupted; and outputs that git does not know, which would block the next run.',
    examples: [
      ['where things stand', '$0 status'],
      ['every output', '$0 status -v'],
    ],
  })

  perform(report: Report, services: Services): Promise<void> {
    return status(report, services)
  }
}
