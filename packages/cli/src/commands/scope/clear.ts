/** `roar scope clear`: back to the default. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class ScopeClearCommand extends RoarCommand {
  static override paths = [['scope', 'clear']]
  static override usage = Command.Usage({
    details: 'Takes the choice out of .roar/config.toml: what your own settings say holds again, else anonymous.',
    examples: [['forget the choice', '$0 scope clear']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const { useScope } = await import('../../registry/scopes.ts')
    const workspace = await services.get('workspace')
    const { loadConfig, trustWorkspace } = await import('@roar/host')
    await trustWorkspace(workspace, services.get('env'))
    await useScope(workspace, null)
    const config = await loadConfig({ workspace, env: services.get('env') })
    const scope = config.get('scope.mode')
    const document = { schema: 'roar.scope/1' as const, scope, origin: config.origin('scope.mode'), registry: null }
    report.answer(document, (page) => page.line(`${scope} (${document.origin})`))
  }
}
