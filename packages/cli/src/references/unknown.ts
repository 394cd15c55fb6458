/** The error for a REF that names nothing, with what was probably meant. */
import { type BytePath, display, nearest, RoarError } from '@roar/core'
import { shellWords, visible } from '../output/escape.ts'
import { isThere, typedPath } from '../words/typed-path.ts'
import type { ReferenceRoom } from './room.ts'
import { workspacePaths } from './workspace-path.ts'

/** Suggestions come from the newest jobs: a whole graph is not read for a slip of the finger. */
const lookedAt = 500
const mostNamed = 5

export async function unknownReference(room: ReferenceRoom, text: string): Promise<RoarError> {
  const shown = visible(text)
  const below = await recordedBelow(room, text)
  if (below.length > 0) {
    return new RoarError('ROAR_REF_UNKNOWN', `'${shown}' is a directory: its files are recorded, each by itself.`, {
      cause: `Below it, newest last: ${below.slice(-mostNamed).map(visible).join(', ')}.`,
      remedy: [
        `roar show ${shellWords([below.at(-1) as string])}`,
        'roar run --composite DIR … records one as a whole',
      ],
      data: { below: below.slice(-mostNamed) },
    })
  }
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

/** Paths that the newest jobs have used below a directory, there or not, as one would type them from here. */
async function recordedBelow({ store, root, directory }: ReferenceRoom, text: string): Promise<readonly string[]> {
  const session = await store.currentSession()
  if (session === null) return []
  const { edges } = await store.graph({ session: session.id, limit: lookedAt })
  const [path = '.'] = workspacePaths(root, directory, text)
  const folder = path === '.' ? '' : `${path}/`
  const inside = edges.filter((edge) => (folder === '' ? !edge.path.startsWith('/') : edge.path.startsWith(folder)))
  const typed = text === '.' ? './' : `${text.replace(/\/+$/, '')}/`
  return [...new Set(inside.map((edge) => typed + display(edge.path.slice(folder.length) as BytePath)))]
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
