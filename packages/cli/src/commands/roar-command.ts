/** What every command shares: the common options, one report, one set of services, and how errors leave. */
import { RoarError } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import { visible } from '../output/escape.ts'
import { Report } from '../output/report.ts'
import type { ColorChoice } from '../output/styles.ts'
import { perform } from '../perform.ts'
import { commonOptions } from '../words/options.ts'
import { flagOption, textOption } from './declared-option.ts'

export abstract class RoarCommand extends Command {
  json = flagOption(commonOptions.json)
  quiet = flagOption(commonOptions.quiet)
  verbose = Option.Counter('-v,--verbose', 0, { description: 'say more; -vv says everything' })
  color = Option.String('--color', { description: 'auto, always or never' })
  directory = textOption(commonOptions.directory)

  /** Parse, call one function, print: this is the call and the print. */
  abstract perform(report: Report, services: Services): Promise<void>

  override async execute(): Promise<number> {
    const start = { directory: this.directory ?? '.', env: process.env }
    const work = (report: Report, services: Services): Promise<void> => this.perform(report, services)
    return perform(this.report(), start, work, `roar ${this.path.join(' ')}`)
  }

  report(): Report {
    const color = this.color ?? 'auto'
    if (!isColorChoice(color))
      throw new RoarError('ROAR_USAGE', `--color is not '${visible(color)}'.`, {
        exitCode: 2,
        remedy: ['--color auto, --color always or --color never'],
      })
    return new Report({ json: this.json, quiet: this.quiet, verbosity: this.verbose, color, env: process.env })
  }
}

const isColorChoice = (text: string): text is ColorChoice => ['auto', 'always', 'never'].includes(text)
