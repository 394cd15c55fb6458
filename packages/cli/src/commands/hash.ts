/** `roar hash PATH…`: digests of files, as the recorder would compute them. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class HashCommand extends RoarCommand {
  static override paths = [['hash']]
  static override usage = Command.Usage({
    details: 'Several algorithms are computed from one read. Works outside a workspace too.',
    examples: [
      ['the digest that roar would record', '$0 hash model.bin'],
      ['several algorithms at once', '$0 hash --algorithm sha256 --algorithm blake3 *.csv'],
    ],
  })

  algorithms = Option.Array('-a,--algorithm', {
    description: 'an algorithm, or several divided by commas; default: hash.primary',
  })
  names = Option.Rest({ required: 1, name: 'PATH' })

  async perform(report: Report, services: Services): Promise<void> {
    const { hashPaths } = await import('../hashing/hash-paths.ts')
    const { hashView } = await import('../output/views/hash.ts')
    const document = await hashPaths(
      services,
      this.names,
      (this.algorithms ?? []).flatMap((one) => one.split(',')),
    )
    report.answer(document, hashView)
    if (document.files.some((file) => file.error !== null)) report.exitCode = 1
  }
}
