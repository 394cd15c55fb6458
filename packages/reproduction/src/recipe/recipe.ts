/** How a result was made, as plain data: filled from a workspace's own record or from a registry's. Digests are hex, times milliseconds. */
import type { BytePath, Digests, EnvironmentRecord, NoDigestReason, PackageUse, StepKind, StepRef } from '@roar/core'

export interface Recipe {
  /** The reference as it was given. */
  readonly of: string
  /** Of a reference that is the digest of a member: its path within the composite that is made again. */
  readonly member?: string | null
  /** Where it was read: the workspace's directory, or a registry's address. */
  readonly origin: string
  readonly session: string
  /** The workspace's directory when the jobs ran; null where that is not told. */
  readonly root: string | null
  /** Of the workspace within its repository: '' at the repository's root, else `sub/directory`; null where it is not told. */
  readonly prefix: string | null
  /** Of the repository within the workspace, where that encloses it: `code`; else ''. */
  readonly clone: string
  /** Build steps first; each behind whatever it needs. */
  readonly steps: readonly RecipeStep[]
  /** What was asked for. Never empty. */
  readonly targets: readonly Target[]
  /** Directories beside the workspace, absolute, whose contents have another place now, relative to it; the longest first. */
  readonly turned?: readonly Turned[]
  /** So many directories lie around the workspace, or its repository, in that of the reproduction: what was turned may lie in them. */
  readonly nest?: number
  /** Jobs that made the same bytes as one of the steps, and are left out. */
  readonly others?: readonly { readonly step: string; readonly uid: string }[]
}

/** `from`: absolute; `to`: relative to the workspace, perhaps above it. */
export interface Turned {
  readonly from: string
  readonly to: string
}

export interface Target {
  readonly step: string
  /** Of the job: a lineage that sessions share has several steps of one name. */
  readonly uid: string
  readonly path: BytePath
}

export interface RecipeStep {
  readonly uid: string
  readonly kind: StepKind
  readonly step: StepRef
  readonly name: string | null
  readonly argv: readonly string[]
  /** Relative to the workspace, absolute outside of it. */
  readonly cwd: string
  readonly startedAt: number
  readonly durationMs: number | null
  readonly exitCode: number | null
  readonly status: string
  readonly source: RecipeSource | null
  readonly dirtyFiles: readonly string[]
  readonly variables: Readonly<Record<string, string>>
  readonly machine: Omit<EnvironmentRecord, 'variables'> | null
  readonly packages: readonly PackageUse[]
  /** Program files that ran, as recorded: an environment of its own is told by them. */
  readonly programs: readonly string[]
  readonly tags: Readonly<Record<string, string>>
  readonly complete: boolean
  /** Published by another client with paths of its machine, and without where its repository lay there. */
  readonly placeless?: true
  readonly inputs: readonly RecipeInput[]
  readonly outputs: readonly RecipeOutput[]
  readonly streams?: Streams
  /** How many files it read of which no record is kept: `.env`, keys, tokens. */
  readonly credentials?: number
  /** That have to stand before it runs. */
  readonly links?: readonly StepLink[]
  /** Directories above the workspace, `..` and so on, where they lay. */
  readonly above?: readonly StepLink[]
  /** Directories in the place of links, relative to the workspace. */
  readonly folders?: readonly string[]
  /** Directories of outputs that were there before the step, relative to the workspace. */
  readonly standing?: readonly string[]
}

export interface StepLink {
  /** Relative to the workspace. */
  readonly path: string
  /** Relative to the workspace within it, else absolute. */
  readonly target: string
}

/** Files of the workspace that a shell had put behind the standard streams, relative to where the step starts. */
export interface Streams {
  readonly stdin?: string
  readonly stdout?: StreamFile
  readonly stderr?: StreamFile
  /** Its standard input was a pipe: what came through it is in no file. */
  readonly piped?: true
}
export interface StreamFile {
  readonly path: string
  readonly append: boolean
}

export interface RecipeSource {
  /** null: the repository has no remote. */
  readonly repository: string | null
  /** Other addresses that it was published with. What comes from there is proven by the commit's id, as from anywhere. */
  readonly mirrors: readonly string[]
  /** As `prefix` of the recipe. */
  readonly workspace: string | null
  /** As `clone` of the recipe. */
  readonly clone: string
  /** A work tree on this machine that had the commit; null when the recipe comes from elsewhere. */
  readonly local: string | null
  readonly commit: string | null
  readonly branch: string | null
  readonly dirty: boolean
}

export interface RecipeFile {
  readonly path: BytePath
  readonly kind: 'file' | 'composite'
  readonly format: string | null
  readonly size: number | null
  readonly digests: Digests
  readonly reason: NoDigestReason | null
}

export interface RecipeInput extends RecipeFile {
  /** `step`: made by a step of this recipe; `commit`: in the step's commit; `outside`: it must be had from somewhere. */
  readonly from: 'step' | 'commit' | 'outside'
  /** Further places where the content was seen or can be fetched: paths, URLs. */
  readonly locations: readonly string[]
  /** Its path by the record, where it has another place now. */
  readonly recordedAt?: BytePath
  /** Of `outside`: the composite, made by a step, of which it is a member that somebody has copied or moved. */
  readonly memberOf?: BytePath
  /** Of `outside`: it may be in the commit, which the client that published it does not tell. */
  readonly perhapsCommitted?: true
}

export type RecipeOutput = RecipeFile

/** `blake3:3f…`: the digest by which a content is named; null where none is known. */
export function digestName(digests: Digests): string | null {
  const [first] = Object.entries(digests)
  return first ? `${first[0]}:${first[1]}` : null
}

/** Equal by an algorithm that both have; null where they have none in common. */
export function sameContent(a: Digests, b: Digests): boolean | null {
  const shared = Object.keys(a).filter((name) => b[name] !== undefined)
  return shared.length === 0 ? null : shared.every((name) => a[name] === b[name])
}
