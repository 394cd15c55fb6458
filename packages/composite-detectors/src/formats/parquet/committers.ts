/** What Hadoop, Spark and Arrow put beside the files of a data set, and how they partition it. */
import type { BytePath } from '@roar/core'

/** A directory `key=value`. */
export const partition = /^[^=./][^=/]*=/
export const marker = /^_(?:SUCCESS|metadata|common_metadata|temporary|started_|committed_)/

export const isCommitted = (path: BytePath): boolean => !/(?:^|\/)_temporary\//.test(path)

/** Spark's committers: files under `_temporary`, or `_started_*` without its `_committed_*`. */
export function unfinished(paths: readonly BytePath[]): string | null {
  if (paths.some((path) => /(?:^|\/)_temporary\//.test(path))) return 'a writer left _temporary/'
  const started = paths.filter((path) => /(?:^|\/)_started_/.test(path))
  const lost = started.find((path) => !paths.includes(path.replace('_started_', '_committed_') as BytePath))
  return lost === undefined ? null : `${lost} was not committed`
}
