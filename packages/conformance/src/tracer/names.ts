/** Whether what is reported names files at all: absolute, without an empty part, and no root. */
import type { TraceEvent } from '@roar/core'

const isName = (path: string): boolean => path.startsWith('/') && path !== '/' && !path.includes('//')

export const nameProblems = (events: readonly TraceEvent[]): string[] =>
  [...new Set(events.flatMap(pathsOf).filter((path) => !isName(path)))].map(
    (path) => `${JSON.stringify(path)} is reported, and is no file's name`,
  )

function pathsOf(event: TraceEvent): readonly string[] {
  if (event.type === 'exec') return [event.executable]
  if (event.type === 'rename' || event.type === 'link') return [event.from, event.to]
  return 'path' in event ? [event.path] : []
}
