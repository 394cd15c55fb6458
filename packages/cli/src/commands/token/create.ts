/** `roar token create NAME`: an API token with limited rights and an end, for build servers. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

const rights = ['read', 'write', 'withdraw', 'account'] as const

export class TokenCreateCommand extends RoarCommand {
  static override paths = [['token', 'create']]
  static override usage = Command.Usage({
    details: 'The token is printed this once. Give it to a build server in ROAR_TOKEN.',
    examples: [
      ['may publish, for 30 days', '$0 token create ci --right write --days 30'],
      ['in one project only', '$0 token create ci --right write --project ada/cats'],
    ],
  })

  registry = registryAddress()
  right = Option.Array('--right', [], { description: 'read, write, withdraw or account; several may be given (read)' })
  days = Option.String('--days', '90', { description: 'ends after so many days' })
  project = Option.String('--project', { description: 'OWNER/PROJECT: it can do nothing elsewhere' })
  name = Option.String({ name: 'NAME' })

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const { registry } = await connectRegistry(services, this.registry ?? null)
    const token = await registry.accounts?.createToken({
      name: this.name,
      rights: this.#rights(),
      expires_in_days: this.#days(),
      ...(this.project !== undefined && { project: this.project }),
    })
    report.answer({ schema: 'roar.token/1' as const, token }, (page) => {
      page.line(token?.token ?? '')
      report.note(`${token?.name}: may ${token?.rights.join(', ')}, until ${token?.expires_at}; it is not shown again`)
    })
  }

  #rights(): (typeof rights)[number][] {
    const asked = this.right.length === 0 ? ['read'] : this.right
    const wrong = asked.find((one) => !rights.includes(one as (typeof rights)[number]))
    if (wrong !== undefined) throw usage(`'${wrong}' is no right: ${rights.join(', ')}.`)
    return asked as (typeof rights)[number][]
  }

  #days(): number {
    if (/^[1-9]\d{0,2}$/.test(this.days) && Number(this.days) <= 366) return Number(this.days)
    throw usage('--days is a number from 1 to 366.')
  }
}

const usage = (message: string): RoarError => new RoarError('ROAR_USAGE', message, { exitCode: 2 })
