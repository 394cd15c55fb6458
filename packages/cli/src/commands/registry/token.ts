/** `roar registry token NAME`: a token for an account, made by who administers the registry. */
import { Command, Option } from 'clipanion'
import type { Report } from '../../output/report.ts'
import { RegistryCommand } from './registry-command.ts'

export class RegistryTokenCommand extends RegistryCommand {
  static override paths = [['registry', 'token']]
  static override usage = Command.Usage({
    details: 'Prints the token, once. RIGHTS are read, write, withdraw and account.',
    examples: [['for a CI job that publishes', '$0 registry token ada --name ci --rights read,write --days 30']],
  })

  account = Option.String({ name: 'NAME' })
  label = Option.String('--name', 'made by the administrator', { description: 'what it is for' })
  rights = Option.String('--rights', 'read,write', { description: 'comma-separated' })
  days = Option.String('--days', '90', { description: 'until it ends; at most 366' })

  async perform(report: Report): Promise<void> {
    const { addRegistryToken } = await import('../../registry-server/administer.ts')
    const { account, label, rights, days } = this
    const made = await addRegistryToken(this.place, {
      account,
      name: label,
      rights: rights.split(','),
      days: Number(days),
    })
    report.answer({ schema: 'roar.registry-token/1' as const, ...made }, (page) => page.line(made.token))
  }
}
