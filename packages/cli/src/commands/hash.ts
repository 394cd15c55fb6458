/** `roar hash PATH…`: digests of files, as the recorder would compute them. */
import { writeSync } from 'node:fs'
import { resolve } from 'node:path'
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { writeAnswer } from '../output/write-file.ts'
import { RoarCommand } from './roar-command.ts'

export class HashCommand extends RoarCommand {
  static override paths = [['hash']]
  static override usage = Command.Usage({
    details:
      'Several algorithms are computed from one read. A directory, or a set of numbered files by its pattern, is one artifact with one digest.',
    examples: [
      ['the digest that roar would record', '$0 hash model.bin'],
      ['a directory as one artifact', '$0 hash store.zarr'],
      ['a proof that a file is a member of one', '$0 hash --prove store.zarr/c/0/0 --output chunk.proof'],
      ['several algorithms at once', '$0 hash --algorithm sha256 --algorithm blake3 *.csv'],
    ],
  })

  algorithms = Option.Array('-a,--algorithm', {
    description: 'an algorithm, or several divided by commas; default: hash.primary',
  })
  prove = Option.Boolean('--prove', false, { description: 'prove that PATH is a member of the composite it lies in' })
  output = Option.String('-o,--output', { description: 'where the proof is written; default: standard output' })
  names = Option.Rest({ required: 1, name: 'PATH' })

  async perform(report: Report, services: Services): Promise<void> {
    if (this.prove) return this.#proveMember(report, services)
    const { hashPaths } = await import('../hashing/hash-paths.ts')
    const { hashFaults, hashView } = await import('../output/views/hash.ts')
    const document = await hashPaths(
      services,
      this.names,
      (this.algorithms ?? []).flatMap((one) => one.split(',')),
    )
    report.answer(document, hashView)
    const faults = hashFaults(document)
    if (faults.length > 0) report.exitCode = 1
    if (!this.json) for (const fault of faults) report.instruct(fault)
  }

  async #proveMember(report: Report, services: Services): Promise<void> {
    const [name, ...others] = this.names
    const isShown = this.output === undefined && !this.json && process.stdout.isTTY
    if (name === undefined || others.length > 0 || isShown) {
      throw new RoarError('ROAR_USAGE', isShown ? 'A proof is no text for a terminal.' : '--prove takes one PATH.', {
        exitCode: 2,
        remedy: ['roar hash --prove MEMBER --output FILE', 'roar hash --prove MEMBER --json'],
      })
    }
    const { proveNamed } = await import('../hashing/prove-member.ts')
    const { bytes, document } = await proveNamed(services, name)
    if (this.output !== undefined) writeAnswer(resolve(services.get('directory'), this.output), bytes)
    if (this.json) report.answer(document, () => undefined)
    else if (this.output === undefined) writeSync(1, bytes)
  }
}
