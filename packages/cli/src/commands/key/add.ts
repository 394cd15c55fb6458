/** `roar key add FILE`: tells the registry an SSH key, with which requests may be signed. */
import { readFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { resolve } from 'node:path'
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { registryAddress } from '../registry-option.ts'
import { RoarCommand } from '../roar-command.ts'

export class KeyAddCommand extends RoarCommand {
  static override paths = [['key', 'add']]
  static override usage = Command.Usage({
    details: 'FILE is a public key. From then on `roar login --ssh-key` and ROAR_SSH_KEY work with it.',
    examples: [['the usual one', '$0 key add ~/.ssh/id_ed25519.pub']],
  })

  registry = registryAddress()
  name = Option.String('--name', { description: 'how it is listed; default: the name of this machine' })
  file = Option.String({ name: 'FILE' })

  async perform(report: Report, services: Services): Promise<void> {
    const { connectRegistry } = await import('../../registry/connect-registry.ts')
    const text = readFileSync(resolve(services.get('directory'), this.file), 'utf8').trim()
    // A slip of the finger would send the private half.
    if (!/^(ssh|ecdsa|sk)-\S+ \S+/.test(text)) throw notPublic(this.file)
    const { registry, url } = await connectRegistry(services, this.registry ?? null)
    const key = await registry.accounts?.addKey(text, this.name ?? hostname())
    report.answer({ schema: 'roar.keys/1' as const, registry: url, keys: key ? [key] : [] }, (page) =>
      page.line(`${key?.fingerprint} (${key?.type}) is known to ${url}`),
    )
  }
}

const notPublic = (file: string): RoarError =>
  new RoarError('ROAR_USAGE', `${file} is no public key.`, { exitCode: 2, remedy: [`roar key add ${file}.pub`] })
