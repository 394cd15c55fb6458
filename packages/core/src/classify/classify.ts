/** Asks the detectors, in order, what each observed file is; whatever is dropped is counted and listed. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Candidate, Detection, Probe } from '../contracts.ts'
import type { FilterCategory, PackageUse } from '../model.ts'
import type { ObservedFile, ObservedJob } from '../observe/observed.ts'

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
  return { inputs, outputs, packages: sorter.packages(), dropped: sorter.dropped }
}

/** Would this input stay in the record? */
export function isKept(path: BytePath, size: number, classifier: Classifier): boolean {
  return new Sorter(classifier).wouldKeep({ path, role: 'input', size })
}

class Sorter {
  readonly dropped: { category: FilterCategory; path: BytePath }[] = []
  readonly #packages = new Map<string, PackageUse>()
  readonly #classifier: Classifier

  constructor(classifier: Classifier) {
    this.#classifier = classifier
  }

  keep(file: ObservedFile, role: Candidate['role']): ClassifiedFile[] {
    const found = this.#detect({ path: file.path, role, size: file.stamp ? Number(file.stamp.size) : null })
    if (found.is === 'package') this.#note(found)
    const category = categoryOf(found)
    if (category === null) return [{ ...file, code: found.is === 'code' }]
    this.drop(category, file.path)
    return []
  }

  wouldKeep(candidate: Candidate): boolean {
    return categoryOf(this.#detect(candidate)) === null
  }

  drop(category: FilterCategory, path: BytePath): void {
    this.dropped.push({ category, path })
  }

  packages(): PackageUse[] {
    return [...this.#packages.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, use]) => use)
  }

  #detect(candidate: Candidate): Detection {
    const { detectors, rules, probe } = this.#classifier
    const said = rules.decide(candidate.path)
    if (said === 'ignore') return { is: 'ignored', why: 'filter.ignore' }
    for (const detector of detectors) {
      const found = detector.detect(candidate, probe)
      // Even a tracked file may be shown as code; but nothing may drop it.
      if (found && !(said === 'track' && categoryOf(found) !== null)) return found
    }
    return { is: 'artifact' }
  }

  #note(found: Extract<Detection, { is: 'package' }>): void {
    const use = { ecosystem: found.ecosystem, name: found.package, version: found.version }
    this.#packages.set(`${use.ecosystem}\0${use.name}\0${use.version ?? ''}`, use)
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
