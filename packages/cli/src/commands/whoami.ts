/** `roar whoami`: who the registry takes us for. */
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { registryAddress } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

/** It is stronger than a login. */
const given = { variable: 'ROAR_TOKEN' }

export class WhoAmICommand extends RoarCommand {
  static override paths = [['whoami']]
  static override usage = Command.Usage({
    details: 'Asks the registry. Exit code 1 when it knows nobody.',
    examples: [['who am I?', '$0 whoami']],
  })

  registry = registryAddress()

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../registry/connect-registry.ts')
    const connection = await connectRegistry(services, this.registry ?? null)
    const identity = await connection.registry.accounts?.whoAmI()
    const login = await connection.logins.get(connection.url)
    const expires =
      login && login.method !== 'ssh' && login.expires_at ? new Date(login.expires_at).toISOString() : null
    const source = services.get('env').ROAR_TOKEN ? given.variable : login ? connection.logins.path : null
    const document = {
      schema: 'roar.whoami/1' as const,
      registry: connection.url,
      authenticated: identity?.authenticated ?? false,
      method: identity?.method ?? 'anonymous',
      user: identity?.user ?? null,
      rights: identity?.rights ?? [],
      scope: connection.config.get('scope.mode'),
      credentials: source,
      expires_at: expires,
    }
    if (!document.authenticated) report.exitCode = 1
    report.answer(document, (page) => {
      page.line(document.user?.username ?? 'nobody: not logged in')
      page.field('registry', document.registry)
      page.field('by', document.method)
      page.field('rights', document.rights.join(', '))
      page.field('scope', document.scope)
      if (source) page.field('kept in', source)
    })
  }
}
