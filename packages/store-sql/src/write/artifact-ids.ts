/**
 * One artifact for one content: digests that meet on a file make it the same. But two different digests of one algorithm are never one content,
 * whatever else they share: a short checksum may collide, and then the stronger digest decides.
 */
import type { Digests, Edge } from '@roar/core'
import type { Sql } from '../sql.ts'
import { artifactsByValue } from '../sqlite/look-up.ts'
import { RowWriter } from '../sqlite/row-writer.ts'
import { mergeArtifacts } from './merge-artifacts.ts'
import { nextArtifact } from './next-id.ts'

type Content = Pick<Edge, 'digests' | 'kind' | 'format' | 'members' | 'size'>

export interface PlacedArtifacts {
  /** In the order of the edges; null for one without digest. */
  readonly ids: readonly (number | null)[]
  /** An artifact with this id or a higher one is new: no earlier job knows it. */
  readonly fresh: number
}

/** Looked up and written at once. */
const atOnce = 1000

/** Within a transaction. */
export function placeArtifacts(sql: Sql, edges: readonly Content[], now: number): PlacedArtifacts {
  const placer = new Placer(sql, now)
  const ids = new Array<number | null>(edges.length).fill(null)
  const order = byDigest(edges)
  for (let at = 0; at < order.length; at += atOnce) {
    const some = order.slice(at, at + atOnce)
    placer.learn(some.map((i) => edges[i] as Content))
    for (const i of some) ids[i] = placer.place(edges[i] as Content)
    placer.flush()
  }
  return { ids: ids.map((id) => (id === null ? null : placer.current(id))), fresh: placer.fresh }
}

/**
 * Digests are random: written in about their own order, each page of a large index is touched once and not by every row.
 * Six hex digits and the place in the list make one number each: numbers are sorted ten times as quickly as texts.
 */
function byDigest(edges: readonly Content[]): readonly number[] {
  const keys: number[] = []
  for (const [i, { digests }] of edges.entries()) {
    const value = digests.blake3 ?? Object.values(digests)[0]
    if (value !== undefined) keys.push((Number.parseInt(value.slice(0, 6), 16) || 0) * mostEdges + i)
  }
  return [...Float64Array.from(keys).sort()].map((key) => key % mostEdges)
}
const mostEdges = 2 ** 28

const plainFile = { kind: 'file', format: null, members: null } as const

class Placer {
  readonly fresh: number
  readonly #sql: Sql
  readonly #artifacts: RowWriter<'artifacts'>
  readonly #plainFiles: RowWriter<'artifacts'>
  readonly #digests: RowWriter<'digests'>
  readonly #moved = new Map<number, number>()
  /** By algorithm, then value: who has it. */
  #known = new Map<string, Map<string, Holders>>()
  #next: number

  constructor(sql: Sql, now: number) {
    this.#sql = sql
    this.#artifacts = new RowWriter(sql, 'artifacts', ['id', 'size', 'kind', 'format', 'members'], { first_seen: now })
    this.#plainFiles = new RowWriter(sql, 'artifacts', ['id', 'size'], { ...plainFile, first_seen: now })
    // A file may have several, a composite has: they would be full before the artifacts that they are of.
    this.#digests = new RowWriter(sql, 'digests', ['value', 'algorithm', 'artifact_id'], {}, { waits: true })
    this.fresh = nextArtifact(sql)
    this.#next = this.fresh
  }

  /** Forgets the ones before: what they became is in the database. */
  learn(contents: readonly Content[]): void {
    const asked = new Map<string, string[]>()
    for (const { digests } of contents)
      for (const algorithm in digests)
        (asked.get(algorithm) ?? setIn(asked, algorithm, [])).push(digests[algorithm] as string)
    this.#known = new Map()
    for (const [algorithm, values] of asked)
      for (const [place, id] of artifactsByValue(this.#sql, values, algorithm))
        this.#remember(algorithm, values[place] as string, id)
  }

  place(content: Content): number {
    const id = this.#holderOfAll(content.digests)
    if (id !== null) return id
    const joined = this.#join(this.#holdersOfAny(content.digests), content.digests) ?? this.#make(content)
    for (const algorithm in content.digests) {
      const value = content.digests[algorithm] as string
      if (!this.#remember(algorithm, value, joined)) this.#digests.add(value, algorithm, joined)
    }
    return joined
  }

  /** The usual case: nothing to add. */
  #holderOfAll(digests: Digests): number | null {
    let common: Holders | undefined
    for (const algorithm in digests) {
      const own = this.#known.get(algorithm)?.get(digests[algorithm] as string)
      if (own === undefined || (common !== undefined && own !== common)) return null
      common = own
    }
    return (typeof common === 'object' ? common[0] : common) ?? null
  }

  #holdersOfAny(digests: Digests): readonly number[] {
    let found: Set<number> | null = null
    for (const algorithm in digests)
      for (const id of this.#holders(algorithm, digests[algorithm] as string)) found = (found ?? new Set()).add(id)
    return found ? [...found] : nobody
  }

  #holders(algorithm: string, value: string): readonly number[] {
    const found = this.#known.get(algorithm)?.get(value)
    return found === undefined ? nobody : typeof found === 'number' ? [found] : found
  }

  flush(): void {
    this.#artifacts.flush()
    this.#plainFiles.flush()
    this.#digests.flush()
  }

  /** After merges. */
  current(id: number): number {
    let now = id
    for (let next = this.#moved.get(now); next !== undefined; next = this.#moved.get(now)) now = next
    return now
  }

  /** Those that share a digest with the content and contradict it nowhere become one; null when there is none. */
  #join(candidates: readonly number[], digests: Digests): number | null {
    if (candidates.length === 0) return null
    this.flush()
    let all = digests
    let joined: number | null = null
    for (const id of [...candidates].sort((a, b) => a - b)) {
      const own = this.#digestsOf(id)
      if (contradict(own, all)) continue
      all = { ...all, ...own }
      if (joined === null) joined = id
      else this.#merge(id, joined)
    }
    return joined
  }

  #merge(from: number, into: number): void {
    mergeArtifacts(this.#sql, from, into)
    this.#moved.set(from, into)
    for (const [algorithm, values] of this.#known)
      for (const value of values.keys()) {
        const ids = this.#holders(algorithm, value)
        if (ids.includes(from)) values.set(value, [...new Set(ids.map((id) => (id === from ? into : id)))])
      }
  }

  #make({ kind, format, members, size }: Content): number {
    const id = this.#next++
    if (kind === 'file' && format === null && members === null) this.#plainFiles.add(id, size)
    else this.#artifacts.add(id, size, kind, format, members)
    return id
  }

  #digestsOf(artifact: number): Digests {
    const rows = this.#sql.all('digestsOfArtifact', { artifact })
    return Object.fromEntries(rows.map((row) => [row.algorithm, row.value]))
  }

  /** True when that was known. */
  #remember(algorithm: string, value: string, id: number): boolean {
    const values = this.#known.get(algorithm) ?? setIn(this.#known, algorithm, new Map<string, Holders>())
    const others = this.#holders(algorithm, value)
    if (others.includes(id)) return true
    values.set(value, others.length === 0 ? id : [...others, id])
    return false
  }
}

const nobody: readonly number[] = []

/** Almost always one: no list is made for it. */
type Holders = number | readonly number[]

const contradict = (one: Digests, other: Digests): boolean =>
  Object.entries(one).some(([algorithm, value]) => (other[algorithm] ?? value) !== value)

function setIn<K, V>(map: Map<K, V>, key: K, value: V): V {
  map.set(key, value)
  return value
}
