/** `roar show [REF]`: the session, job, artifact or path that REF names. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { type AskedRegistry, askedRegistry } from '../registry/registry-option.ts'
import { registryOption } from './registry-option.ts'
import { RoarCommand } from './roar-command.ts'

export class ShowCommand extends RoarCommand {
  static override paths = [['show']]
  static override usage = Command.Usage({
    details:
      'Without REF: the current session. With -v everything is listed that is cut or counted otherwise; with -vv the files of the system too.',
    examples: [
      ['the third step', '$0 show @3'],
      ['who made this file, and who used it', '$0 show results/model.json'],
      ['the record of a job, for a program', '$0 show 3fa9c1d2 --json'],
      ['by any digest', '$0 show 9f86d081884c7d65'],
      ['what a registry knows of a file', '$0 show model.bin --registry'],
    ],
  })

  registry = registryOption()
  ref = Option.String({ required: false, name: 'REF' })

  async perform(report: Report, services: Services): Promise<void> {
    const asked = askedRegistry(this.registry)
    if (asked) return this.#showPublished(report, services, asked)
    const { show } = await import('../reading/show.ts')
    await show(report, services, this.ref)
  }

  async #showPublished(report: Report, services: Services, asked: AskedRegistry): Promise<void> {
    const { showPublished } = await import('../registry/ask-published.ts')
    const { publishedView } = await import('../output/views/published.ts')
    if (this.ref === undefined) throw needsRef()
    report.answer(await showPublished(services, this.ref, asked), publishedView)
  }
}

const needsRef = (): RoarError =>
  new RoarError('ROAR_USAGE', 'A registry is asked for something: a digest, a file or a session.', { exitCode: 2 })
