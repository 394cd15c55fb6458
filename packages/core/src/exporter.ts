/** The contract of exporters: lineage in a form that other tools read. `contracts.ts` re-exports it. */
import type { JobBody } from './documents/job-document.ts'

export type ExporterFactory = () => Exporter | Promise<Exporter>

/** One form of lineage, written in one go; it asks nothing of disk or network. */
export interface Exporter {
  /** As it is given to `roar export --format`. */
  readonly name: string
  readonly mediaType: string
  /** The whole document, as text. */
  export(lineage: ExportedLineage): string
}

/** An artifact or a job with all that led to it. */
export interface ExportedLineage {
  /** The reference as it was given. */
  readonly of: string
  /** Makers before users. */
  readonly jobs: readonly JobBody[]
  /** Of roar. */
  readonly version: string
}
