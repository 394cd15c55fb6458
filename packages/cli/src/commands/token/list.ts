/** `roar token list`: the API tokens of the account. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

export class TokenListCommand extends RoarCommand {
  static override paths = [['token'], ['token', 'list']]
  static override usage = Command.Usage({
    details: 'Without the tokens themselves: the registry does not know them.',
    examples: [['what did I give away?', '$0 token list']],
  })

  registry = registryAddress()

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { registry, url } = await connectRegistry(services, this.registry ?? null)
    const tokens = (await registry.accounts?.tokens()) ?? []
    report.answer({ schema: 'roar.tokens/1' as const, registry: url, tokens }, (page) =>
      page.table(
        tokens.map((one) => [one.id, one.name, one.rights.join(','), one.project ?? '', `until ${one.expires_at}`]),
        [],
        '',
      ),
    )
  }
}
