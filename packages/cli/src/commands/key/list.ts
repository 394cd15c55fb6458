/** `roar key list`: the SSH keys that the registry knows. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

export class KeyListCommand extends RoarCommand {
  static override paths = [['key'], ['key', 'list']]
  static override usage = Command.Usage({
    details: 'With their fingerprints, as ssh-keygen -l prints them.',
    examples: [['which keys are mine?', '$0 key list']],
  })

  registry = registryAddress()

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { registry, url } = await connectRegistry(services, this.registry ?? null)
    const keys = (await registry.accounts?.keys()) ?? []
    report.answer({ schema: 'roar.keys/1' as const, registry: url, keys }, (page) =>
      page.table(
        keys.map((one) => [one.fingerprint, one.type, one.name ?? '', `since ${one.created_at}`]),
        [],
        '',
      ),
    )
  }
}
