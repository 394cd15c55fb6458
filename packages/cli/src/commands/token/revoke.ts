/** `roar token revoke ID`: takes an API token back. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

export class TokenRevokeCommand extends RoarCommand {
  static override paths = [['token', 'revoke']]
  static override usage = Command.Usage({
    details: 'From then on the registry refuses it.',
    examples: [['take it back', '$0 token revoke tk_3fa9c1d2']],
  })

  registry = registryAddress()
  id = Option.String({ name: 'ID' })

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { registry, url } = await connectRegistry(services, this.registry ?? null)
    await registry.accounts?.revokeToken(this.id)
    const document = { schema: 'roar.token-revoked/1' as const, registry: url, id: this.id }
    report.answer(document, (page) => page.line(`${this.id} is taken back`))
  }
}
