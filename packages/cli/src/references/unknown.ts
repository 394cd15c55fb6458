/** The error for a REF that names nothing, with what was probably meant. */
import { display, nearest, RoarError } from '@roar/core'
import { visible } from '../output/escape.ts'
import { isThere, typedPath } from '../words/typed-path.ts'
import type { ReferenceRoom } from './room.ts'

/** Suggestions come from the newest jobs: a whole graph is not read for a slip of the finger. */
const lookedAt = 500

export async function unknownReference(room: ReferenceRoom, text: string): Promise<RoarError> {
  const shown = visible(text)
  if (isThere(typedPath(room.directory, text))) {
    return new RoarError('ROAR_REF_UNKNOWN', `No recorded job has read or written '${shown}'.`, {
      cause: 'The file is there, but it was made or changed outside of roar, or it was left out by a filter.',
      remedy: ['roar show -v @N lists what was left out of a job', 'roar run COMMAND records what makes it'],
    })
  }
  const near = await suggestions(room, text)
  return new RoarError('ROAR_REF_UNKNOWN', `Nothing is known by the name '${shown}'.`, {
    remedy: [...near.map((name) => `Did you mean: ${visible(name)}`), 'roar log lists the jobs; roar dag the files'],
    data: { nearest: near },
  })
}

async function suggestions({ store }: ReferenceRoom, text: string): Promise<readonly string[]> {
  const session = await store.currentSession()
  if (session === null) return []
  const graph = await store.graph({ session: session.id, limit: lookedAt })
  const names = [...graph.jobs.map((job) => job.uid), ...graph.edges.map((edge) => display(edge.path))]
  const unique = [...new Set(names)]
  const typed = text.replace(/^\.\//, '')
  const byName = unique.filter((name) => name.endsWith(`/${typed}`))
  return [...new Set([...byName, ...nearest(typed, unique, 3)])].slice(0, 3)
}
