/** `roar run CMD…`: observes and records a job. */
import type { JobKind } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { recordingOptions } from '../run/recording-options.ts'
import { flagOption, listOption, textOption } from './declared-option.ts'
import { RoarCommand } from './roar-command.ts'

export abstract class RecordingCommand extends RoarCommand {
  abstract readonly kind: JobKind

  tracer = textOption(recordingOptions.tracer)
  fallback: boolean | undefined = Option.Boolean('--tracer-fallback', {
    description: 'take another tracer when this one cannot observe',
  })
  allowDirty = flagOption(recordingOptions.allowDirty)
  name = textOption(recordingOptions.name)
  hash = listOption(recordingOptions.hash)
  tag = listOption(recordingOptions.tag)
  hashInputs = Option.Boolean('--hash-inputs', true, {
    description: 'digests of inputs; --no-hash-inputs leaves them out',
  })
  composites = listOption(recordingOptions.composites)
  jsonFile = textOption(recordingOptions.jsonFile)
  words = Option.Rest({ name: 'CMD' })

  async perform(report: Report, services: Services): Promise<void> {
    const { record } = await import('../run/run-plain.ts')
    await record(services, this, report)
  }
}

export class RunCommand extends RecordingCommand {
  static override paths = [['run']]
  static override usage = Command.Usage({
    details:
      'Starts the command as your shell would, watches every file that it and its children read and write, and records the job. The exit code is the command’s own; 125 when nothing was started.',
    examples: [
      ['record a step', '$0 run python train.py --epochs 3'],
      ['a shell line', "$0 run sh -c 'sort data.csv | uniq > unique.csv'"],
      ['with a name', '$0 run -n train -- python train.py'],
      ['step 2 again, with another parameter', '$0 run @2 --epochs=5'],
      ['a directory as one artifact', '$0 run --composite out/frames -- ./render'],
      ['the record for a program', '$0 run --json-file job.json make'],
    ],
  })
  readonly kind = 'run'
}
