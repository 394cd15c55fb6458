/** What Hadoop, Spark and Arrow put beside the files of a data set, and how they partition it. */
import type { BytePath } from '@roar/core'
import type { Directory } from '../../directory.ts'
import type { Said } from '../../format.ts'
import { unended } from '../../unended.ts'

/** A directory `key=value`. */
export const partition = /^[^=./][^=/]*=/
export const marker = /^_(?:SUCCESS|metadata|common_metadata|temporary|started_|committed_)/

const isCommitted = (path: BytePath): boolean => !/(?:^|\/)_temporary\//.test(path)

/** Spark's committers: files under `_temporary`, or `_started_*` without its `_committed_*`. */
function unfinished(paths: readonly BytePath[]): string | null {
  if (paths.some((path) => /(?:^|\/)_temporary\//.test(path))) return 'a writer left _temporary/'
  const started = paths.filter((path) => /(?:^|\/)_started_/.test(path))
  const lost = started.find((path) => !paths.includes(path.replace('_started_', '_committed_') as BytePath))
  return lost === undefined ? null : `${lost} was not committed`
}

/** The members of a data set, whose data lie in files that `carriesData` knows. */
export const datasetMembers =
  (carriesData: (path: string) => boolean) =>
  (paths: readonly BytePath[], at: Directory): Said => {
    const members = paths.filter(isCommitted)
    return { members, incomplete: unfinished(paths) ?? unended(members, at), carriesData }
  }

/** For the page of formats. */
export const datasetRules = {
  members: 'all but what lies under `_temporary/`',
  whole: 'no `_temporary/`, no `_started_*` without `_committed_*`; no Parquet or Arrow file without its end',
} as const
