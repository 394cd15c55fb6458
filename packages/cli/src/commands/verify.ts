/** `roar verify [REF]`: are the bytes on disk still what was recorded? */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class VerifyCommand extends RoarCommand {
  static override paths = [['verify']]
  static override usage = Command.Usage({
    details: `Reads every byte and compares the digest with the recorded one. Without REF: whatever the session's jobs last read or wrote at each path. A
      job: its inputs and outputs. An artifact: every place where it was seen. Exit status 3 when something is different or missing.`,
    examples: [
      ['everything of this session', '$0 verify'],
      ['one file', '$0 verify model.bin'],
      ['one member of a composite', '$0 verify --proof chunk.proof store.zarr/c/0/0'],
      ['what a job read and wrote, for a program', '$0 verify @3 --json'],
    ],
  })

  ref = Option.String({ required: false, name: 'REF' })
  proof = Option.String('--proof', {
    description: 'check a proof that roar hash --prove has written; REF is then the file that it is of',
  })

  async perform(report: Report, services: Services): Promise<void> {
    if (this.proof !== undefined) return this.#verifyProof(this.proof, report, services)
    const { lookUp } = await import('../references/look-up.ts')
    const { recordedFiles } = await import('../verify/recorded-files.ts')
    const { verifyFiles } = await import('../verify/verify-files.ts')
    const { verifyView } = await import('../output/views/verify.ts')
    const { HashProgressLine } = await import('../run/hash-progress.ts')
    const of = this.ref ?? 'session:current'
    const { store, reference } = await lookUp(services, of)
    const line = new HashProgressLine()
    const files = await recordedFiles(store, reference)
    const document = await verifyFiles(services, of, files, (progress) => report.json || line.update(progress))
    line.clear()
    report.answer(document, verifyView)
    if (!document.holds) report.exitCode = 3
  }

  async #verifyProof(file: string, report: Report, services: Services): Promise<void> {
    const { verifyProof } = await import('../hashing/verify-proof.ts')
    const { proofView } = await import('../output/views/proof.ts')
    const verdict = await verifyProof(services, file, this.ref ?? null)
    report.answer(verdict, proofView)
    if (verdict.verdict === 'different') report.exitCode = 3
  }
}
