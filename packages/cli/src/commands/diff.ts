/** `roar diff A B`: where two results first went apart, and why. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class DiffCommand extends RoarCommand {
  static override paths = [['diff']]
  static override usage = Command.Usage({
    details: `Walks both lineages upstream, together, to the first job that differs with everything before it the same, and says what of it does:
      command, data, code, packages, variables, machine. Where the contents are still on disk they are compared as values. Exit status 3 when A and B
      differ.`,
    examples: [
      ['why is the model another?', '$0 diff 3fa9c1d2 8b12aa07'],
      ['two contents, by digest', '$0 diff 9f86d081884c7d65 3f0c12ab9d017e21'],
      ['today’s session and an earlier one', '$0 diff session:4be1 session:current'],
    ],
  })

  a = Option.String({ name: 'A' })
  b = Option.String({ name: 'B' })
  rtol = Option.String('--rtol', { description: 'relative tolerance of numbers; default 1e-5' })
  atol = Option.String('--atol', { description: 'absolute tolerance of numbers; default 1e-8' })

  async perform(report: Report, services: Services): Promise<void> {
    const { toleranceOf } = await import('../reproduce/options.ts')
    const { compareReferences } = await import('../compare/compare-references.ts')
    const { diffView } = await import('../output/views/diff.ts')
    const document = await compareReferences(services, [this.a, this.b], toleranceOf(this))
    report.answer(document, diffView)
    if (!document.same) report.exitCode = 3
  }
}
