/** `roar init`: makes a workspace; run again it changes nothing. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class InitCommand extends RoarCommand {
  static override paths = [['init']]
  static override usage = Command.Usage({
    details:
      'Makes .roar/ (database, commented config.toml), adds .roar/ to .gitignore and opens a session. Run again it changes nothing.',
    examples: [
      ['this directory', '$0 init'],
      ['another one', '$0 init --path ~/projects/plants'],
    ],
  })

  place = Option.String('--path', { description: 'the directory; default: this one' })

  async perform(report: Report, services: Services): Promise<void> {
    const { initialise } = await import('../workspace/initialise.ts')
    const document = await initialise(services, this.place ?? '.')
    report.answer(document, (page) => {
      const where = visible(document.workspace)
      if (document.created.length === 0) return page.line(`${where} is a workspace already; nothing was changed.`)
      page.line(`${where} is a workspace now.`)
      for (const name of document.created) page.line(`  ${page.styles.good('+')} ${visible(name)}`)
      page.line('Next: roar run COMMAND')
    })
  }
}
