/** `roar registry account add NAME`: makes, lists or disables accounts in a registry's own database. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Report } from '../../output/report.ts'
import { RegistryCommand } from './registry-command.ts'

export class RegistryAccountCommand extends RegistryCommand {
  static override paths = [['registry', 'account']]
  static override usage = Command.Usage({
    details:
      'ACTION is add, list or disable. `add` prints a password made by chance, once; with --password-stdin the first line of standard input is taken instead. A disabled account can do nothing; what it has published stays.',
    examples: [
      ['an account', '$0 registry account add ada'],
      ['with a password of one’s own', 'pass show roar | $0 registry account add ada --password-stdin'],
      ['who has one', '$0 registry account list'],
    ],
  })

  action = Option.String({ name: 'ACTION' })
  name = Option.String({ name: 'NAME', required: false })
  email = Option.String('--email', { description: 'shown to nobody but its owner' })
  stdin = Option.Boolean('--password-stdin', false, { description: 'read the password from standard input' })

  async perform(report: Report): Promise<void> {
    if (this.action === 'list') return this.#list(report)
    if (this.name === undefined || !['add', 'disable'].includes(this.action))
      throw new RoarError('ROAR_USAGE', 'Say what to do: account add NAME, account disable NAME, or account list.', {
        exitCode: 2,
      })
    return this.action === 'add' ? this.#add(report, this.name) : this.#disable(report, this.name)
  }

  async #add(report: Report, name: string): Promise<void> {
    const { addRegistryAccount } = await import('../../registry-server/administer.ts')
    const made = await addRegistryAccount(this.place, { name, email: this.email ?? null, stdin: this.stdin })
    report.answer({ schema: 'roar.registry-account/1' as const, ...made }, (page) => {
      page.line(`account ${made.name} made`)
      if (made.password !== null) page.line(`password: ${made.password}`)
    })
  }

  async #list(report: Report): Promise<void> {
    const { listRegistryAccounts } = await import('../../registry-server/administer.ts')
    const accounts = await listRegistryAccounts(this.place)
    report.answer({ schema: 'roar.registry-accounts/1' as const, accounts }, (page) =>
      page.table(accounts.map((one) => [one.name, one.provider, one.created_at, one.disabled ? 'disabled' : ''])),
    )
  }

  async #disable(report: Report, name: string): Promise<void> {
    const { disableRegistryAccount } = await import('../../registry-server/administer.ts')
    await disableRegistryAccount(this.place, name)
    const document = { schema: 'roar.registry-account-disabled/1' as const, name, disabled: true }
    report.answer(document, (page) => page.line(`account ${name} is disabled`))
  }
}
