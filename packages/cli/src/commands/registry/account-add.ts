/** `roar registry account add NAME`: makes an account in a registry's own database. */
import { Command, Option } from 'clipanion'
import type { Report } from '../../output/report.ts'
import { RegistryCommand } from './registry-command.ts'

export class RegistryAccountAddCommand extends RegistryCommand {
  static override paths = [['registry', 'account', 'add']]
  static override usage = Command.Usage({
    details:
      'Prints a password made by chance, once. With --password-stdin the first line of standard input is taken instead.',
    examples: [
      ['an account', '$0 registry account add ada'],
      ['with a password of one’s own', 'pass show roar | $0 registry account add ada --password-stdin'],
    ],
  })

  name = Option.String({ name: 'NAME' })
  email = Option.String('--email', { description: 'shown to nobody but its owner' })
  stdin = Option.Boolean('--password-stdin', false, { description: 'read the password from standard input' })

  async perform(report: Report): Promise<void> {
    const { addRegistryAccount } = await import('../../registry-server/administer.ts')
    const made = await addRegistryAccount(this.place, { name: this.name, email: this.email ?? null, stdin: this.stdin })
    report.answer(made, (page) => {
      page.line(`account ${made.name} made`)
      if (made.password !== null) page.line(`password: ${made.password}`)
    })
  }
}
