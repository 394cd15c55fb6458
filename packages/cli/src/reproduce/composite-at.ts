/** What a directory is as one artifact, as the recorder would identify it: in a workspace or without one. */
import { type BytePath, type CompositePort, fromString } from '@roar/core'
import { createCompositePort, createFilePort, loadClassifier } from '@roar/host'
import type { CompositeAt } from '@roar/reproduction'
import { compositeAmong, withForming } from '../hashing/find-composite.ts'
import { hashCompositeWith } from '../hashing/hash-composite.ts'
import type { Surroundings } from './surroundings.ts'

type Env = Readonly<Record<string, string | undefined>>

export function compositeLooker(around: Surroundings, env: Env, directory: string) {
  const { config, plugins, hashes } = around
  const workspace = { rootPath: fromString(around.root ?? directory) }
  const algorithm = (name: string) => plugins.load('hashes', name)
  let opened: Promise<CompositePort | null> | null = null
  return async (path: BytePath): Promise<CompositeAt | null> => {
    opened ??= createCompositePort({ algorithm, cache: null })
    const port = await opened
    // A probe remembers what it saw: what is looked at here is copied and fetched meanwhile.
    const classifier = await withForming(
      await loadClassifier({ config, plugins, workspace }, createFilePort({ workspace, env })),
    )
    const named = compositeAmong(classifier, path)
    const done = named && (await hashCompositeWith({ port, hashes }, named.found, named.classifier))
    if (!named || !done?.digests || done.members === 0) return null
    return { root: named.found.root, digests: done.digests, members: () => done.each() }
  }
}
