/** `roar registry`: says what can be done with one. */
import { RoarError } from '@roar/core'
import { Command } from 'clipanion'
import { RoarCommand } from './roar-command.ts'

export class RegistryOverviewCommand extends RoarCommand {
  static override paths = [['registry']]
  static override usage = Command.Usage({
    details: 'A registry that others can publish to: `registry serve` runs one, the rest administers it.',
    examples: [
      ['for this machine', '$0 registry serve'],
      ['an account in it', '$0 registry account add ada'],
    ],
  })

  async perform(): Promise<void> {
    throw new RoarError('ROAR_USAGE', 'Say what to do with the registry.', {
      exitCode: 2,
      remedy: [
        'roar registry serve',
        'roar registry account add NAME',
        'roar registry token NAME',
        'roar registry backup FILE',
      ],
    })
  }
}
