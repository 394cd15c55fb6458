/** `roar key rm FINGERPRINT`: the registry forgets an SSH key. */
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

export class KeyRemoveCommand extends RoarCommand {
  static override paths = [['key', 'rm']]
  static override usage = Command.Usage({
    details: 'Signatures made with it no longer count.',
    examples: [['it was lost', '$0 key rm SHA256:3vG…']],
  })

  registry = registryAddress()
  fingerprint = Option.String({ name: 'FINGERPRINT' })

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { registry, url } = await connectRegistry(services, this.registry ?? null)
    await registry.accounts?.removeKey(this.fingerprint)
    const keys = (await registry.accounts?.keys()) ?? []
    report.answer({ schema: 'roar.keys/1' as const, registry: url, keys }, (page) =>
      page.line(`${this.fingerprint} is forgotten`),
    )
  }
}
