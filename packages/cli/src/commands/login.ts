/** `roar login`: who we are at a registry. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { registryAddress } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

export class LoginCommand extends RoarCommand {
  static override paths = [['login']]
  static override usage = Command.Usage({
    details:
      'Shows an address and a code; confirm it in any browser. The token is kept in a file that only you can read, or in the keyring. A workspace that published anonymously publishes privately from then on.',
    examples: [
      ['by browser', '$0 login'],
      ['by an API token', '$0 login --token-file token.txt'],
      ['by the key that the registry knows', '$0 login --ssh-key ~/.ssh/id_ed25519'],
    ],
  })

  registry = registryAddress()
  tokenFile = Option.String('--token-file', { description: 'take the API token from this file; - is standard input' })
  sshKey = Option.String('--ssh-key', { description: 'sign requests with this key' })
  keyring = Option.Boolean('--keyring', false, { description: 'keep the token in the keyring of the system' })
  browser = Option.Boolean('--browser', true, { description: '--no-browser only prints the address' })

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../registry/connect-registry.ts')
    const { logIn } = await import('../registry/log-in.ts')
    const { leaveAnonymity } = await import('../registry/scopes.ts')
    const connection = await connectRegistry(services, this.registry ?? null)
    const directory = services.get('directory')
    const login = await logIn(connection, {
      token: this.tokenFile === undefined ? null : tokenFrom(directory, this.tokenFile),
      sshKey: this.sshKey === undefined ? null : resolve(directory, this.sshKey),
      keyring: this.keyring,
      browser: this.browser && !report.json,
      // Also for programs: without it nobody could confirm.
      show: (address, code) => report.instruct(`Open ${address}\nand confirm the code ${code}`),
    })
    const flipped = await leaveAnonymity(connection.config, connection.workspace)
    const scope = flipped ? 'private' : connection.config.get('scope.mode')
    const document = {
      schema: 'roar.login/1' as const,
      ...{ registry: connection.url, method: login.method, user: login.user, scope, scope_changed: flipped },
    }
    report.answer(document, (page) => {
      page.line(`logged in at ${connection.url} as ${login.user?.username ?? 'somebody without a name'}`)
      if (flipped) page.line('  this workspace publishes privately from now on (it was anonymous): roar scope list')
    })
  }
}

/** Not an argument: a command line can be read by everybody on the machine. */
const tokenFrom = (directory: string, file: string): string =>
  readFileSync(file === '-' ? 0 : resolve(directory, file), 'utf8').trim()
