/** `roar dag [REF]`: the graph of a session, or of what REF builds on and what builds on it. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class DagCommand extends RoarCommand {
  static override paths = [['dag']]
  static override usage = Command.Usage({
    details:
      'Circles are files, dots are jobs; a line joins a file to the job that made it and to those that used it. A step is stale when something\nthat it read has been made anew since with other content. Source files are counted, not drawn (-v draws them).',
    examples: [
      ['the current session', '$0 dag'],
      ['what a file comes from and what comes from it', '$0 dag results/model.json'],
      ['what should run again', '$0 dag --stale-only'],
      ['a picture', '$0 dag --svg dag.svg'],
    ],
  })

  ref = Option.String({ required: false, name: 'REF' })
  expanded = Option.Boolean('--expanded', false, { description: 'every execution, not only the newest of each step' })
  staleOnly = Option.Boolean('--stale-only', false, { description: 'only what is stale' })
  dirty = Option.Boolean('--dirty', true, { description: '--no-dirty leaves out jobs run from a dirty work tree' })
  dot = Option.Boolean('--dot', false, { description: 'print it for Graphviz' })
  mermaid = Option.Boolean('--mermaid', false, { description: 'print it for Mermaid' })
  svg = Option.String('--svg', { description: 'write a picture to this file; - for stdout' })
  all = Option.Boolean('--all', false, { description: 'draw very long sessions whole' })

  async perform(report: Report, services: Services): Promise<void> {
    const { readDag } = await import('../graph/read-dag.ts')
    const { printDag } = await import('../output/dag/print.ts')
    const whole = this.all || report.json || this.dot || this.mermaid || this.svg !== undefined
    const dag = await readDag(services, {
      ref: this.ref ?? null,
      expanded: this.expanded,
      withoutDirty: !this.dirty,
      staleOnly: this.staleOnly,
      whole,
    })
    await printDag(report, dag, {
      dot: this.dot,
      mermaid: this.mermaid,
      svg: this.svg ?? null,
      directory: services.get('directory'),
    })
  }
}
