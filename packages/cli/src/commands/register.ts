/** `roar register REF`: publishes a lineage to a registry. */
import { type PublicationScope, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { terminalOf } from '../output/terminal.ts'
import { RoarCommand } from './roar-command.ts'

export class RegisterCommand extends RoarCommand {
  static override paths = [['register']]
  static override usage = Command.Usage({
    details:
      'Publishes everything that REF was made from: a file, an artifact, a step, a job, a session or an address. Commits are tagged and the tags pushed first; secrets are taken out. Cut off, it goes on where it was when it is called again; twice, it changes nothing.',
    examples: [
      ['a model with its lineage', '$0 register model.bin'],
      ['what would leave this machine?', '$0 register model.bin --dry-run --json'],
      ['the whole session, for everybody, under your name', '$0 register session:current --public'],
      ['on a build server', 'ROAR_TOKEN=… $0 register @3 --private -y'],
    ],
  })

  dryRun = Option.Boolean('--dry-run', false, {
    description: 'show what would leave the machine; asks nothing of the network',
  })
  yes = Option.Boolean('-y,--yes', false, { description: 'publish anonymously without asking' })
  anonymous = Option.Boolean('--anonymous', false, { description: 'for everybody, without a name' })
  isPublic = Option.Boolean('--public', false, { description: 'for everybody, under your name' })
  isPrivate = Option.Boolean('--private', false, { description: 'for you alone' })
  scope = Option.String('--scope', { description: 'anonymous, private, public or OWNER/PROJECT' })
  noDirty = Option.Boolean('--no-dirty', false, { description: 'leave out jobs that ran on a dirty work tree' })
  allowDirty = Option.Boolean('--allow-dirty', false, { description: 'publish them, marked as dirty' })
  remote = Option.String('--remote', { description: 'the git remote that tags are pushed to' })
  registry = Option.String('--registry', { description: 'address of a registry, in place of registry.url' })
  ref = Option.String({ name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const { register } = await import('../publish/register.ts')
    const { registerView } = await import('../output/views/register.ts')
    const document = await register(services, this.#request(report), report)
    report.answer(document, registerView)
  }

  #request(report: Report) {
    if (this.noDirty && this.allowDirty) throw usage('--no-dirty and --allow-dirty exclude each other.')
    return {
      ref: this.ref,
      scope: this.#scope(),
      dirty: this.noDirty ? ('drop' as const) : this.allowDirty ? ('allow' as const) : ('refuse' as const),
      dryRun: this.dryRun,
      yes: this.yes,
      registry: this.registry ?? null,
      remote: this.remote ?? null,
      interactive: !report.json && terminalOf(2).tty && process.stdin.isTTY === true,
    }
  }

  #scope(): PublicationScope | null {
    const asked = [
      ...(this.anonymous ? ['anonymous'] : []),
      ...(this.isPublic ? ['public'] : []),
      ...(this.isPrivate ? ['private'] : []),
      ...(this.scope === undefined ? [] : [this.scope]),
    ]
    if (new Set(asked).size > 1) throw usage(`It cannot be ${asked.join(' and ')} at once.`)
    const [scope] = asked
    if (scope === undefined) return null
    if (/^(anonymous|private|public|[\w.-]+\/[\w.-]+)$/.test(scope)) return scope as PublicationScope
    throw usage(`'${scope}' is no scope: anonymous, private, public or OWNER/PROJECT.`)
  }
}

const usage = (message: string): RoarError => new RoarError('ROAR_USAGE', message, { exitCode: 2 })
