/** `roar inputs REF`: the files that something was made from. */
import { type GatheredInput, gatherInputs, inputsDocument, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { inputsView } from '../output/views/inputs.ts'
import { RoarCommand } from './roar-command.ts'

export class InputsCommand extends RoarCommand {
  static override paths = [['inputs']]
  static override usage = Command.Usage({
    details: 'By default the roots: what was used anywhere upstream and made by no recorded job.',
    examples: [
      ['the raw data behind a model', '$0 inputs model.json'],
      ['what its own job read', '$0 inputs model.json --direct'],
      ['what neither a job nor the commit vouches for', '$0 inputs model.json --unsourced'],
    ],
  })

  ref = Option.String({ name: 'REF' })
  direct = Option.Boolean('--direct', false, { description: 'what the job itself read, whoever made it' })
  all = Option.Boolean('--all', false, { description: 'everything upstream, not only its roots' })
  sourced = Option.Boolean('--sourced', false, { description: 'made by a job, or part of the commit' })
  unsourced = Option.Boolean('--unsourced', false, { description: 'neither made by a job nor part of the commit' })

  async perform(report: Report, services: Services): Promise<void> {
    if (this.sourced && this.unsourced)
      throw new RoarError('ROAR_USAGE', '--sourced and --unsourced leave nothing.', { exitCode: 2 })
    if (this.direct && this.all)
      throw new RoarError('ROAR_USAGE', '--direct and --all are different questions.', { exitCode: 2 })
    const { readUpstream } = await import('../graph/read-upstream.ts')
    const gathered = gatherInputs(await readUpstream(services, this.ref, this.direct))
    report.answer(
      inputsDocument(
        this.ref,
        gathered.filter((one) => this.keeps(one)),
      ),
      inputsView,
    )
  }

  keeps({ input }: GatheredInput): boolean {
    if (this.sourced) return input.sourced !== 'none'
    if (this.unsourced) return input.sourced === 'none'
    return this.direct || this.all || input.producer === null
  }
}
