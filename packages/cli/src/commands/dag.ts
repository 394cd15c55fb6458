/** `roar dag [REF]`: the graph of a session, or of what REF builds on and what builds on it. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { dag, dagOptions } from '../reading/dag.ts'
import { flagOption, textOption } from './declared-option.ts'
import { RoarCommand } from './roar-command.ts'

export class DagCommand extends RoarCommand {
  static override paths = [['dag']]
  static override usage = Command.Usage({
    details:
      'Circles are files, dots are jobs; a line joins a file to the job that made it and to those that used it. A step is stale when something\nthat it read has been made anew since with other content. Source files are counted, not drawn, and of\nmany files that the same jobs make and use eight are drawn; -v draws more of them in a terminal, and all in a picture.',
    examples: [
      ['the current session', '$0 dag'],
      ['what a file comes from and what comes from it', '$0 dag results/model.json'],
      ['what should run again', '$0 dag --stale-only'],
      ['a picture', '$0 dag --svg dag.svg'],
    ],
  })

  ref = Option.String({ required: false, name: 'REF' })
  expanded = flagOption(dagOptions.expanded)
  staleOnly = flagOption(dagOptions.staleOnly)
  dirty = Option.Boolean('--dirty', true, { description: '--no-dirty leaves out jobs run from a dirty work tree' })
  dot = flagOption(dagOptions.dot)
  mermaid = flagOption(dagOptions.mermaid)
  svg = textOption(dagOptions.svg)
  all = flagOption(dagOptions.all)

  perform(report: Report, services: Services): Promise<void> {
    return dag(report, services, this)
  }
}
