/** `roar ui`: the workspace's lineage as pages in a browser, until it is stopped. */
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { RoarCommand } from './roar-command.ts'

export class UiCommand extends RoarCommand {
  static override paths = [['ui']]
  static override usage = Command.Usage({
    details:
      'Shows jobs, files and graphs of this workspace, for you alone: it listens on this machine only, and the address that it prints opens it once.\nNothing is changed and nothing leaves the machine. Ctrl-C ends it.',
    examples: [
      ['look at this workspace', '$0 ui'],
      ['on a machine without a browser, behind ssh -L 8724:127.0.0.1:8724', '$0 ui --no-open --port 8724'],
    ],
  })

  port = Option.String('--port', '0', { description: 'where to listen; 0 takes a free one' })
  open = Option.Boolean('--open', true, { description: '--no-open only prints the address' })

  async perform(report: Report, services: Services): Promise<void> {
    const { serveUi } = await import('../ui/serve-ui.ts')
    await serveUi(services, { port: this.port, open: this.open }, (document) => {
      report.answer(document, (page) => page.line(document.url))
      report.note('Ctrl-C ends it.')
    })
  }
}
