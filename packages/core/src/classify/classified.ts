/** What classifying needs, and what it gives: a job's files, each with what it is. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, CompositeFound, Probe } from '../contracts.ts'
import type { FilterCategory, PackageUse } from '../model.ts'
import type { MadeLink, ObservedFile } from '../observe/observed.ts'
import type { RecordedFile } from './package-uses.ts'

/** The user's own word, above every detector: `filter.track` and `filter.ignore`. */
export interface PathRules {
  decide(path: BytePath): 'track' | 'ignore' | null
}

export interface ClassifiedFile extends ObservedFile {
  readonly code: boolean
  /** What it may be a member of: only the whole listing of that decides. Absent for most files. */
  readonly composite?: Membership
}

/** One object for all files that belong together. */
export interface Membership {
  readonly found: CompositeFound
  readonly detector: ArtifactDetector
}

export interface ClassifiedJob {
  readonly inputs: readonly ClassifiedFile[]
  readonly outputs: readonly ClassifiedFile[]
  readonly packages: readonly PackageUse[]
  /** Files of packages whose distributions know their digests. */
  readonly recorded: readonly RecordedFile[]
  readonly dropped: readonly { readonly category: FilterCategory; readonly path: BytePath }[]
  /** Names that are gone, without those that would have been dropped: a tool that tidies its own cache removes nothing of the user's. */
  readonly deleted: readonly BytePath[]
  /** Of these, what belonged to composites. */
  readonly deletions: ReadonlyMap<Membership, readonly BytePath[]>
  /** Symbolic links that the job made in composites. */
  readonly links: ReadonlyMap<Membership, readonly MadeLink[]>
}

export interface Classifier {
  readonly detectors: readonly ArtifactDetector[]
  /** Further ones, that only form composites: asked for once the job has kept or removed a file. */
  readonly forming?: () => Promise<readonly ArtifactDetector[]>
  readonly rules: PathRules
  readonly probe: Probe
  /** The user's own composites: above those of the detectors, below whatever is dropped. */
  readonly declared?: readonly ArtifactDetector[]
  /** One that sees what the job has made; for detectors of composites. Default: `probe`. */
  readonly freshProbe?: () => Probe
  /** Optional: the same with nothing remembered, for a job that has changed what its own detectors had looked at meanwhile. */
  readonly renewed?: () => Promise<Classifier>
  /** Optional: the same for the same settings and detectors. With it, what was decided on a composite's members is kept. */
  readonly key?: string
}
