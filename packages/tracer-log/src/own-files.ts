/** What a tracer itself brings into a run: none of the job's files, although a debugger looks into the library, and valgrind maps the log. */
import { realpathSync } from 'node:fs'
import { fromString } from '@roar/core'
import type { TraceEvent } from '@roar/trace-protocol'

/** `library`: what was put into the job's processes; null where nothing is. */
export function withoutOwn(
  runDirectory: string,
  library: string | null,
): (batch: readonly TraceEvent[]) => readonly TraceEvent[] {
  const below = fromString(`${real(runDirectory)}/`)
  const itself = library === null ? null : fromString(real(library))
  const isOwn = (path: string) => path === itself || path.startsWith(below)
  return (batch) => batch.filter((one) => !((one.type === 'file' || one.type === 'settled') && isOwn(one.path)))
}

/** As the kernel names it. */
function real(path: string): string {
  try {
    return realpathSync(path)
  } catch {
    return path
  }
}
