/** Asks the detectors, in order, what each observed file is; whatever is dropped is counted and listed. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Candidate, Detection, PackageFound, Probe } from '../contracts.ts'
import type { FilterCategory, PackageUse } from '../model.ts'
import type { ObservedFile, ObservedJob } from '../observe/observed.ts'
import { PackageUses, type RecordedFile } from './package-uses.ts'

/** The user's own word, above every detector: `filter.track` and `filter.ignore`. */
export interface PathRules {
  decide(path: BytePath): 'track' | 'ignore' | null
}

export interface ClassifiedFile extends ObservedFile {
  readonly code: boolean
}

export interface ClassifiedJob {
  readonly inputs: readonly ClassifiedFile[]
  readonly outputs: readonly ClassifiedFile[]
  readonly packages: readonly PackageUse[]
  /** Files of packages whose distributions know their digests. */
  readonly recorded: readonly RecordedFile[]
  readonly dropped: readonly { readonly category: FilterCategory; readonly path: BytePath }[]
}

export interface Classifier {
  readonly detectors: readonly ArtifactDetector[]
  readonly rules: PathRules
  readonly probe: Probe
}

export function classify(job: ObservedJob, classifier: Classifier): ClassifiedJob {
  const sorter = new Sorter(classifier)
  const inputs = job.inputs.flatMap((file) => sorter.keep(file, 'input'))
  const outputs = job.outputs.flatMap((file) => sorter.keep(file, 'output'))
  for (const path of job.internal) sorter.drop('internal', path)
  for (const path of job.temporary) sorter.drop('temporary', path)
  for (const path of job.deleted) sorter.drop('deleted', path)
  return { inputs, outputs, packages: sorter.uses.list(), recorded: sorter.uses.recorded, dropped: sorter.dropped }
}

/** Would this input stay in the record? */
export function isKept(path: BytePath, size: number, classifier: Classifier): boolean {
  return new Sorter(classifier).wouldKeep({ path, role: 'input', size })
}

class Sorter {
  readonly dropped: { category: FilterCategory; path: BytePath }[] = []
  readonly uses = new PackageUses()
  readonly #classifier: Classifier
  readonly #namers: readonly ArtifactDetector[]

  constructor(classifier: Classifier) {
    this.#classifier = classifier
    this.#namers = classifier.detectors.filter((one) => one.packagesOf)
  }

  keep(file: ObservedFile, role: Candidate['role']): ClassifiedFile[] {
    const { path, access } = file
    const candidate = { path, role, size: file.stamp ? Number(file.stamp.size) : null, access }
    const { found, by } = this.#detect(candidate)
    this.#notePackages(file, candidate, found, by)
    const category = categoryOf(found)
    if (category === null) return [{ ...file, code: found.is === 'code' }]
    this.drop(category, path)
    return []
  }

  wouldKeep(candidate: Candidate): boolean {
    return categoryOf(this.#detect(candidate).found) === null
  }

  drop(category: FilterCategory, path: BytePath): void {
    this.dropped.push({ category, path })
  }

  #detect(candidate: Candidate): { readonly found: Detection; readonly by: ArtifactDetector | null } {
    const { detectors, rules, probe } = this.#classifier
    const said = rules.decide(candidate.path)
    if (said === 'ignore') return { found: { is: 'ignored', why: 'filter.ignore' }, by: null }
    for (const by of detectors) {
      const found = by.detect(candidate, probe)
      // Even a tracked file may be shown as code; but nothing may drop it.
      if (found && !(said === 'track' && categoryOf(found) !== null)) return { found, by }
    }
    return { found: { is: 'artifact' }, by: null }
  }

  #notePackages(file: ObservedFile, candidate: Candidate, found: Detection, by: ArtifactDetector | null): void {
    if (found.is === 'package') this.#note(file, candidate, found, by)
    if (candidate.role === 'output' || found.is === 'credential' || found.is === 'ignored') return
    for (const namer of this.#namers)
      for (const one of namer.packagesOf?.(candidate, this.#classifier.probe) ?? [])
        this.#note(file, candidate, one, namer)
  }

  #note(file: ObservedFile, { path, role }: Candidate, found: PackageFound, by: ArtifactDetector | null): void {
    const use = this.uses.note(found, path)
    // What the job changed itself is its output, not a changed package.
    const stamp = role === 'output' || file.destroyed ? null : file.stamp
    if (use && by) this.uses.check(use, path, stamp, by, this.#classifier.probe)
  }
}

function categoryOf(found: Detection): FilterCategory | null {
  switch (found.is) {
    case 'system':
    case 'package':
    case 'ignored':
    case 'credential':
      return found.is
    default:
      return null
  }
}
