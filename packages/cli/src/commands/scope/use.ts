/** `roar scope use NAME`: chooses where this workspace publishes. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'
import { meanings } from './status.ts'

export class ScopeUseCommand extends RoarCommand {
  static override paths = [['scope', 'use']]
  static override usage = Command.Usage({
    details: 'SCOPE is anonymous, private, public or OWNER/PROJECT. It is written to .roar/config.toml.',
    examples: [
      ['for everybody, under my name', '$0 scope use public'],
      ['for a project that does not exist yet', '$0 scope use ada/cats --create'],
    ],
  })

  create = Option.Boolean('--create', false, { description: 'make the project, readable by its members' })
  isPublic = Option.Boolean('--public', false, { description: 'with --create: readable by everybody' })
  scope = Option.String({ name: 'SCOPE' })

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { requireScope, useScope } = await import('../../registry/scopes.ts')
    const workspace = await services.get('workspace')
    if (!/^(anonymous|private|public|[\w.-]+\/[\w.-]+)$/.test(this.scope)) throw noScope(this.scope)
    if (this.scope.includes('/')) {
      const connection = await connectRegistry(services)
      const visibility = this.isPublic ? 'public' : 'private'
      if (this.create) await connection.registry.accounts?.createProject(this.scope.split('/')[1] as string, visibility)
      await requireScope(connection, this.scope)
    }
    await useScope(workspace, this.scope)
    const document = {
      schema: 'roar.scope/1' as const,
      scope: this.scope,
      origin: workspace.configFile,
      registry: null,
    }
    report.answer(document, (page) =>
      page.line(`${this.scope}: ${meanings[this.scope] ?? 'the members of the project may read it, or everybody'}`),
    )
  }
}

const noScope = (scope: string): RoarError =>
  new RoarError('ROAR_USAGE', `'${scope}' is no scope.`, {
    exitCode: 2,
    remedy: ['anonymous, private, public or OWNER/PROJECT', 'roar scope list'],
  })
