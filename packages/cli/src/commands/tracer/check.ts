/** `roar tracer check [NAME --command] CMD…`: could this command be observed, and what of it would not be seen? */
import { isRoarError, RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../../composition/services.ts'
import type { Report } from '../../output/report.ts'
import { RoarCommand } from '../roar-command.ts'

export class TracerCheckCommand extends RoarCommand {
  static override paths = [['tracer', 'check']]
  static override usage = Command.Usage({
    details: 'Looks at the command without starting it. Exit code 1 when no tracer could observe it.',
    examples: [
      ['a program that is linked statically', '$0 tracer check ./tool --version'],
      ['by one tracer', '$0 tracer check ebpf --command ./tool --version'],
    ],
  })

  command = Option.Proxy({ name: 'CMD', required: 1 })

  /** The command is only looked at, so that its own options say nothing: a last `--json` is ours. */
  override async execute(): Promise<number> {
    if (this.command.length > 1 && this.command.at(-1) === '--json') {
      this.json = true
      this.command = this.command.slice(0, -1)
    }
    return super.execute()
  }

  async perform(report: Report, services: Services): Promise<void> {
    const { reportTracers } = await import('../../tracers/report-tracers.ts')
    const { tracersView } = await import('../../output/views/tracers.ts')
    const names = (await services.get('plugins')).contributions('tracers').map((one) => one.name)
    const { only, argv } = separate(this.command, names)
    await requireCommand(argv[0] ?? '', services)
    const document = await reportTracers(services, argv, only)
    report.answer(document, tracersView)
    if (!document.tracers.some((tracer) => tracer.ok)) report.exitCode = 1
  }
}

/** Of what cannot be started nothing would be seen. */
async function requireCommand(name: string, services: Services): Promise<void> {
  const { findExecutable, searchPathOf } = await import('@roar/host')
  try {
    findExecutable(name, services.get('directory'), searchPathOf(services.get('env')))
  } catch (error) {
    if (!isRoarError(error)) throw error
    // 126 and 127 are those of a command that was to be started.
    const { code, message, why: cause, remedy } = error
    throw new RoarError(code, message, { cause, remedy, exitCode: 1 })
  }
}

/** `NAME --command CMD…` asks one tracer; a command's own words are never options of ours. */
function separate(words: readonly string[], names: readonly string[]): { only?: string; argv: readonly string[] } {
  const [name = '', option] = words
  const asksOne = names.includes(name) && option === '--command' && words.length > 2
  return asksOne ? { only: name, argv: words.slice(2) } : { argv: words }
}
