/** `roar reproduce REF`: shows how something was made; with `--run` makes it again and compares. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { registryOption } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

export class ReproduceCommand extends RoarCommand {
  static override paths = [['reproduce']]
  static override usage = Command.Usage({
    details: `Shows the recipe: repository, commits, steps, packages, inputs and where each can be had, what is in the way. With --run it is
      performed in a fresh directory, each step under roar again, and every output gets a verdict: identical (same digest), content (same values),
      tolerance (numbers as near as asked), different, missing. Exit status 3 when the verdict is worse than --accept. A recipe is a program that
      somebody wrote: look at it before you run it.`,
    examples: [
      ['what would be done', '$0 reproduce model.json'],
      ['do it, and compare', '$0 reproduce model.json --run'],
      ['the same values are enough', '$0 reproduce results.parquet --run --accept content'],
      ['numbers may differ in the last digits', '$0 reproduce weights.npy --run --accept tolerance --rtol 1e-6'],
      [
        'made elsewhere: by its digest alone',
        '$0 reproduce blake3:3f0c12ab9d01 --registry https://registry.example --run',
      ],
      ['as a script to read and change', '$0 reproduce model.json --script > reproduce.sh'],
    ],
  })

  ref = Option.String({ name: 'REF' })
  run = Option.Boolean('--run', false, { description: 'perform it, in a fresh directory' })
  place = Option.String('--dir', { description: 'that directory; given again, it goes on where it stopped' })
  accept = Option.String('--accept', 'identical', { description: 'identical, content or tolerance' })
  rtol = Option.String('--rtol', { description: 'relative tolerance of numbers; default 1e-5' })
  atol = Option.String('--atol', { description: 'absolute tolerance of numbers; default 1e-8' })
  inputs = Option.Array('--inputs', [], {
    description: 'a directory to search for contents, by digest; may be repeated',
  })
  stepTimeout = Option.String('--step-timeout', { description: 'seconds that a step may take' })
  anyVersion = Option.Boolean('--any-version', false, {
    description: 'take other versions where the recorded ones are not to be had',
  })
  registry = registryOption()
  register = Option.Boolean('--register', false, {
    description: 'send the receipt to the registry that gave the recipe',
  })
  script = Option.Boolean('--script', false, { description: 'write the recipe as a shell script' })

  async perform(report: Report, services: Services): Promise<void> {
    const { reproduceOptions } = await import('../reproduce/options.ts')
    const { performReproduction } = await import('../reproduce/perform.ts')
    await performReproduction(services, report, reproduceOptions(this))
  }
}
