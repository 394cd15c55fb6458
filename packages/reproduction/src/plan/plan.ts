/** What a reproduction would do here, and what stands in its way. */
import type { BytePath, Digests, PackageUse } from '@roar/core'
import type { Recipe } from '../recipe/recipe.ts'

export interface Plan {
  readonly recipe: Recipe
  readonly source: SourcePlan | null
  readonly environments: readonly EnvironmentPlan[]
  readonly inputs: readonly PlannedInput[]
  readonly differences: readonly MachineDifference[]
  /** Recorded values that are not known here: they were redacted. */
  readonly withheld: readonly { readonly step: string; readonly name: string; readonly setHere: boolean }[]
  /** What may make it come out otherwise. */
  readonly notes: readonly string[]
  /** Empty: `--run` may begin. */
  readonly problems: readonly Problem[]
}

export interface SourcePlan {
  /** In the order in which they are tried. */
  readonly repositories: readonly string[]
  /** Each once, in the order of use. */
  readonly commits: readonly {
    readonly commit: string
    readonly branch: string | null
    readonly steps: readonly string[]
  }[]
}

export type EnvironmentPlan =
  | {
      readonly kind: 'python'
      /** As recorded: `3.11.9` or `3.11`; null: any. */
      readonly version: string | null
      readonly packages: readonly PackageUse[]
      /** That are installed in place: their directories, relative to the workspace. */
      readonly projects: readonly string[]
      readonly steps: readonly string[]
      /** Relative to the workspace where the steps name it (`.venv`), else null. */
      readonly at: string | null
    }
  | {
      readonly kind: 'conda'
      readonly packages: readonly PackageUse[]
      /** What pip had installed into it beside them. */
      readonly pip: readonly PackageUse[]
      /** As of Python's own. */
      readonly projects: readonly string[]
      readonly steps: readonly string[]
    }
  /** Where the lock file lies, relative to the workspace; which program obeys it is known when the commit is there. */
  | { readonly kind: 'node'; readonly packages: readonly PackageUse[]; readonly steps: readonly string[] }

export interface PlannedInput {
  readonly path: BytePath
  /** As of the recipe. */
  readonly recordedAt?: BytePath
  readonly kind: 'file' | 'composite'
  readonly digests: Digests
  readonly size: number | null
  readonly usedBy: readonly string[]
  /** The uids of those steps' jobs. */
  readonly users: readonly string[]
  /** A composite that a step makes. */
  readonly memberOf?: BytePath
  /**
   * `at-path`: absolute, used where it lies. `environment`: comes with its packages. `commit`: nowhere here, but perhaps in the commit. `member`: looked for,
   * by its digest, in what is made at `memberOf`.
   */
  readonly state: 'found' | 'at-path' | 'environment' | 'commit' | 'member' | 'missing'
  /** Where it can be had, best first. */
  readonly places: readonly Place[]
  /** Why it is missing. */
  readonly why: string | null
}

export type Place = { readonly kind: 'file' | 'url'; readonly where: string; readonly verified: boolean }

export interface MachineDifference {
  readonly what: 'os' | 'hardware' | 'runtime'
  readonly recorded: string
  readonly here: string
  readonly steps: readonly string[]
}

export interface Problem {
  /** An error code of roar. */
  readonly code: string
  readonly message: string
  readonly cause: string
  readonly remedy: readonly string[]
}
