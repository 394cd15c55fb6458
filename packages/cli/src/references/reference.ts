/** What a REF on the command line can turn out to be. */
import type { ArtifactRow, ArtifactUse, BytePath, JobRow, SessionRow } from '@roar/core'

export type Reference =
  | { readonly is: 'session'; readonly session: SessionRow }
  | { readonly is: 'job'; readonly job: JobRow }
  | { readonly is: 'artifact'; readonly artifact: ArtifactRow }
  /** Newest use first; never empty. */
  | { readonly is: 'path'; readonly path: BytePath; readonly uses: readonly ArtifactUse[] }
