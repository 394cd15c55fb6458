/** Who made the members of a composite one by one, before anybody knew them as one. */
import { type BytePath, decodePage, type Manifest, type Member, type OutputEdge } from '@roar/core'
import { pathText } from '../path-text.ts'
import type { Sql } from '../sql.ts'
import { artifactsByValue, pathsByText } from '../sqlite/look-up.ts'

export interface MemberMakers {
  /** One member of each maker. `path`: its id. */
  readonly makers: readonly { readonly path: number; readonly producer: number }[]
  /** Every member that was used has one. */
  readonly isAll: boolean
}

/** Of more members, the first are looked for. */
const mostMembers = 1000

/**
 * Of those that were read; of an output of all, for those that the job itself has made have no maker yet. Each by its path and its bytes: whoever made the
 * same elsewhere has not made this one.
 */
export function memberMakers(sql: Sql, edge: OutputEdge, isInput: boolean): MemberMakers {
  const part = isInput ? edge.composite?.part : null
  const manifest = part ? part.manifest : edge.composite?.manifest
  const made = makersOf(sql, manifest ? firstOf(manifest) : [], rootOf(edge.path))
  const makers = new Map([...made].reverse().map((one) => [one.producer, one]))
  return { makers: [...makers.values()], isAll: made.length === (part ? part.members : edge.members) }
}

function firstOf({ pages }: Manifest): readonly Member[] {
  const members: Member[] = []
  for (const page of pages) {
    if (members.length >= mostMembers) break
    members.push(...decodePage(page.data()))
  }
  return members.slice(0, mostMembers)
}

/** A set of files is named by a pattern of their names, `out/part-*.csv`; all else by its directory. */
function rootOf(path: BytePath): string {
  const cut = path.lastIndexOf('/') + 1
  return path.slice(cut).includes('*') ? path.slice(0, cut) : `${path}/`
}

function makersOf(sql: Sql, members: readonly Member[], root: string): { path: number; producer: number }[] {
  const texts = members.map((one) => pathText(`${root}${one.path}` as BytePath))
  const plain = texts.map(({ path, escaped }) => (escaped === 0 ? path : ''))
  const values = members.map((one) => one.digests.blake3 ?? '')
  const [paths, artifacts] = [new Map(pathsByText(sql, plain, 0)), new Map(artifactsByValue(sql, values, 'blake3'))]
  return members.flatMap((_, i) => {
    const [path, artifact] = [paths.get(i), artifacts.get(i)]
    const use = path !== undefined && artifact !== undefined ? sql.first('madeThere', { artifact, path }) : undefined
    const producer = use?.role === 'output' ? use.job_id : use?.producer_job_id
    return producer ? [{ path: path as number, producer }] : []
  })
}
