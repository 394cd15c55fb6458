/** `roar logout`: forgets the login at a registry. */
import { isRoarError } from '@roar/core'
import { Command } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { registryAddress } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

export class LogoutCommand extends RoarCommand {
  static override paths = [['logout']]
  static override usage = Command.Usage({
    details:
      'The registry takes the token back, and this machine forgets it. Where a workspace publishes stays as it is.',
    examples: [['forget who I am', '$0 logout']],
  })

  registry = registryAddress()

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../registry/connect-registry.ts')
    const { registry, url, logins } = await connectRegistry(services, this.registry ?? null)
    const login = await logins.get(url)
    if (login?.method === 'device' && login.refresh_token !== null) {
      try {
        await registry.accounts?.logout(login.refresh_token)
      } catch (error) {
        if (!isRoarError(error)) throw error
        report.warn(`the registry did not take the token back: ${error.message}`)
      }
    }
    const removed = await logins.remove(url)
    const document = { schema: 'roar.logout/1' as const, registry: url, removed }
    report.answer(document, (page) => page.line(removed ? `logged out of ${url}` : `there was no login at ${url}`))
  }
}
