/** `roar build CMD…`: records set-up work, which is replayed before runs. */
import { Command } from 'clipanion'
import { RecordingCommand } from './run.ts'

export class BuildCommand extends RecordingCommand {
  static override paths = [['build']]
  static override usage = Command.Usage({
    details:
      'The same as run, for compiling and installing: its steps are counted apart (@B1, @B2 …) and come before all runs when the work is done again.',
    examples: [
      ['compile', '$0 build make -j2'],
      ['install packages', '$0 build pip install -r requirements.txt'],
    ],
  })
  readonly kind = 'build'
}
