/** `roar scope list`: the scopes that can be chosen. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

export class ScopeListCommand extends RoarCommand {
  static override paths = [['scope', 'list']]
  static override usage = Command.Usage({
    details: 'Your projects are asked for at the registry.',
    examples: [['what is there to choose from?', '$0 scope list']],
  })

  registry = registryAddress()

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { listScopes } = await import('../../registry/scopes.ts')
    const connection = await connectRegistry(services, this.registry ?? null)
    const identity = await connection.registry.accounts?.whoAmI()
    const scopes = await listScopes(connection, identity?.authenticated ?? false)
    const document = { schema: 'roar.scopes/1' as const, registry: connection.url, scopes }
    report.answer(document, (page) => {
      const { styles } = page
      page.table(
        scopes.map((one) => [
          one.active ? styles.good('*') : ' ',
          one.scope,
          `read by ${one.readable_by}`,
          one.attributed ? 'named' : 'nameless',
          one.available ? '' : 'needs roar login',
        ]),
        [],
        '',
      )
    })
  }
}
