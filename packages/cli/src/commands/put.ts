/** `roar put SRC… URL`: publishes data and records where it lies. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class PutCommand extends RoarCommand {
  static override paths = [['put']]
  static override usage = Command.Usage({
    details:
      'SRC is a file, a directory, or a step, of which the outputs are meant: they must still be what was recorded. Composites among them are sent whole and recorded as one artifact each; what cannot be sent is named. Files are hashed as they are sent, and the store’s own digests compared with them. Large files go in parts, several at a time; what was interrupted is gone on with by the same command. Credentials are those of the tools of AWS and are never recorded.',
    examples: [
      ['a file', '$0 put model.bin s3://bucket/models/model.bin'],
      ['a directory', '$0 put results s3://bucket/results/'],
      ['the outputs of step 3', '$0 put @3 s3://bucket/run-3/'],
      ['what would be sent', '$0 put results s3://bucket/results/ --dry-run'],
    ],
  })

  words = Option.Rest({ required: 2, name: 'SRC… URL' })
  algorithms = Option.Array('-a,--algorithm', [], { description: 'a further algorithm; may be repeated' })
  force = Option.Boolean('--force', false, { description: 'replace objects that are there' })
  dryRun = Option.Boolean('--dry-run', false, { description: 'only say what would be sent' })
  name = Option.String('-n,--name', { description: 'a name for the step' })
  tag = Option.Array('--tag', [], { description: 'K=V, recorded with the job; may be repeated' })

  async perform(report: Report, services: Services): Promise<void> {
    const [{ put }, { parseTags }] = await Promise.all([import('../transfer/put.ts'), import('../run/run-options.ts')])
    const { words, algorithms, force: replace, dryRun, name = null } = this
    await put(services, { words, algorithms, replace, dryRun, name, tags: parseTags(this.tag) }, report)
  }
}
