/** `roar export REF --format F`: the lineage of something in a standard form. */
import { jobDocument, withUsedContents } from '@roar/core'
import { Command, Option } from 'clipanion'
import type { Services } from '../composition/services.ts'
import type { Report } from '../output/report.ts'
import { writeAll } from '../output/terminal.ts'
import { RoarCommand } from './roar-command.ts'

declare const ROAR_VERSION: string

export class ExportCommand extends RoarCommand {
  static override paths = [['export']]
  static override usage = Command.Usage({
    details:
      'Writes everything that REF was made from: slsa (in-toto statements with SLSA provenance v1, one a line), prov (PROV-JSON), ro-crate (the metadata of a Process Run Crate), openlineage (run events, one a line), or what a plugin adds.',
    examples: [
      ['provenance beside a file', '$0 export model.bin --format slsa > model.bin.provenance.jsonl'],
      ['for a publication', '$0 export model.bin --format ro-crate > ro-crate-metadata.json'],
      ['W3C PROV', '$0 export @3 --format prov'],
    ],
  })

  ref = Option.String({ name: 'REF' })
  format = Option.String('--format', { required: true, description: 'slsa, prov, ro-crate, openlineage' })

  async perform(_report: Report, services: Services): Promise<void> {
    const { readUpstream } = await import('../graph/read-upstream.ts')
    const exporter = await (await services.get('plugins')).load('exporters', this.format)
    const records = [...(await readUpstream(services, this.ref, false))].reverse()
    const jobs = records.map((record) => jobDocument(withUsedContents(record)).job)
    writeAll(1, exporter.export({ of: this.ref, jobs, version: ROAR_VERSION }))
  }
}
