/** `roar scope`, `roar scope status`: where this workspace publishes. */
import { Command } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export const meanings: Readonly<Record<string, string>> = {
  anonymous: 'everybody may read it, nobody is named',
  private: 'only you may read it',
  public: 'everybody may read it, under your name',
}

export class ScopeStatusCommand extends RoarCommand {
  static override paths = [['scope'], ['scope', 'status']]
  static override usage = Command.Usage({
    details:
      'Where roar register publishes from here, who may read it, and where that is set. Asks nothing of the network.',
    examples: [['where does this go?', '$0 scope']],
  })

  async perform(report: Report, services: Services): Promise<void> {
    const config = await services.get('config')
    const scope = config.get('scope.mode')
    const document = {
      schema: 'roar.scope/1' as const,
      scope,
      origin: config.origin('scope.mode'),
      registry: config.get('registry.url') || null,
    }
    report.answer(document, (page) => {
      page.line(`${scope}: ${meanings[scope] ?? 'the members of the project may read it, or everybody'}`)
      page.field('set by', document.origin)
      page.field('registry', document.registry ?? 'none: roar config set registry.url URL')
    })
  }
}
