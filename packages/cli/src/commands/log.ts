/** `roar log`: the jobs, newest last. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { log, logOptions } from '../reading/log.ts'
import { flagOption, textOption } from './declared-option.ts'
import { RoarCommand } from './roar-command.ts'

export class LogCommand extends RoarCommand {
  static override paths = [['log']]
  static override usage = Command.Usage({
    details:
      'The jobs of the current session, newest last: how each ended, its step, uid, start, duration, number of inputs→outputs, and command.',
    examples: [
      ['what ran in the last day', '$0 log --since 1d'],
      ['every failed job of every session', '$0 log --all --failed'],
      ['for a program', '$0 log --grep train --json'],
    ],
  })

  all = flagOption(logOptions.all)
  limit = textOption(logOptions.limit)
  since = textOption(logOptions.since)
  grep = textOption(logOptions.grep)
  dirty = Option.Boolean('--dirty', { description: 'run from a dirty work tree (--no-dirty: a clean one)' })
  failed = flagOption(logOptions.failed)
  builds = flagOption(logOptions.builds)

  perform(report: Report, services: Services): Promise<void> {
    return log(report, services, this)
  }
}
