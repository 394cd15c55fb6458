/** What the reproduction needs from whoever calls it. */
import type { BytePath, Digests, HashedFile, Member } from '@roar/core'

export type Env = Readonly<Record<string, string | undefined>>

export interface ReproductionRoom {
  readonly env: Env
  /** Program and first words that start roar: each step runs under it. */
  readonly roar: readonly string[]
  hash(paths: readonly BytePath[], algorithms: readonly string[]): Promise<readonly HashedFile[]>
  /** Of an algorithm that some active plugin has. */
  knows(algorithm: string): boolean
  /** Fetches a URL (`https://…`, `s3://…`) to a file; null where nobody here can. Rejects when it fails. */
  fetch(url: string, to: string): Promise<void> | null
  /** The same of everything below a URL, into a directory. */
  fetchFolder(url: string, to: string): Promise<void> | null
  /** What a directory, or a set of files by its name with `*`, is as one artifact; null where it is none or cannot be read. */
  composite(path: BytePath): Promise<CompositeAt | null>
  /** Held against each other as values; null: nobody here knows the format. Rejects never. */
  compare(pair: ComparedPair): Promise<ContentComparison | null>
  say(progress: Progress): void
}

export interface CompositeAt {
  /** Absolute; paths of members are relative to it. */
  readonly root: BytePath
  readonly digests: Digests
  /** In the order of their paths. Every one was read for the digests. */
  members(): Iterable<Member>
}

export interface ComparedPair {
  /** Names tell the format where the bytes do not. */
  readonly name: string
  readonly format: string | null
  readonly expected: string
  readonly found: string
  readonly tolerance: Tolerance
}

/** Numbers a and b agree when |a - b| <= absolute + relative * |a|, a being the recorded one. */
export interface Tolerance {
  readonly relative: number
  readonly absolute: number
}

export interface ContentComparison {
  readonly verdict: 'content' | 'tolerance' | 'different'
  readonly comparer: string
  /** The first difference, for people; null when there is none. */
  readonly difference: string | null
}

export type Progress =
  | { readonly phase: 'clone'; readonly from: string }
  | { readonly phase: 'environment'; readonly what: string }
  | { readonly phase: 'inputs'; readonly files: number }
  | {
      readonly phase: 'step'
      readonly step: string
      readonly number: number
      readonly of: number
      readonly argv: readonly string[]
    }
  | { readonly phase: 'kept'; readonly step: string }
  | { readonly phase: 'done'; readonly step: string; readonly ms: number }
  | { readonly phase: 'warning'; readonly message: string }

export const algorithmsOf = (room: Pick<ReproductionRoom, 'knows'>, digests: Digests): readonly string[] =>
  Object.keys(digests)
    .filter((name) => room.knows(name))
    .slice(0, 1)
