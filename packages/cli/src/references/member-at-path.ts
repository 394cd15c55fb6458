/** A path that no job was recorded with may be a member of a composite: then what is known of that one is known of it. */
import type { BytePath, LineageStore } from '@roar/core'
import type { Reference } from './reference.ts'

export async function memberAtPath(store: LineageStore, path: BytePath): Promise<Reference | null> {
  for (const { name, inside } of composites(path)) {
    const uses = await store.artifactsAtPath(name)
    for (const [at, { artifact }] of uses.entries())
      if (artifact?.kind === 'composite' && (await store.member(artifact.id, inside)) !== null)
        return { is: 'path', path: name, uses: uses.slice(at) }
  }
  return null
}

interface Membership {
  readonly name: BytePath
  /** Of the member, below the composite's root. */
  readonly inside: BytePath
}

/** The directories above it, the nearest first, and the sets of files beside it. The store says which of them were recorded. */
function* composites(path: BytePath): Generator<Membership> {
  const cut = path.lastIndexOf('/') + 1
  const [folder, file] = [path.slice(0, cut), path.slice(cut)]
  for (const family of families(file)) yield { name: `${folder}${family}` as BytePath, inside: file as BytePath }
  for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
    yield { name: path.slice(0, at) as BytePath, inside: path.slice(at + 1) as BytePath }
}

const shard = /^(.+?)-\d+-of-\d+\.(\w+)$/

/** By the names that the formats give: a star for any one of the numbers, or for what follows a stem; the index of weights in shards. */
function* families(file: string): Generator<string> {
  for (const { index, 0: digits } of file.matchAll(/\d+/g))
    yield `${file.slice(0, index)}*${file.slice(index + digits.length)}`
  for (let at = file.lastIndexOf('.'); at > 0; at = file.lastIndexOf('.', at - 1)) yield `${file.slice(0, at)}.*`
  const weights = shard.exec(file)
  if (weights) yield `${weights[1]}.${weights[2]}.index.json`
}
