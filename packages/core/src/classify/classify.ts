/** Asks the detectors, in order, what each observed file is; whatever is dropped is counted and listed. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Candidate, CompositeFound, Detection, PackageFound, Probe } from '../contracts.ts'
import type { FilterCategory, PackageUse } from '../model.ts'
import type { ObservedFile, ObservedJob } from '../observe/observed.ts'
import { DetectorsByDirectory } from './directory-detectors.ts'
import { PackageUses, type RecordedFile } from './package-uses.ts'

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
  /** Of files that are gone, by what they belonged to. */
  readonly deletions: ReadonlyMap<Membership, readonly BytePath[]>
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

export async function classify(job: ObservedJob, classifier: Classifier): Promise<ClassifiedJob> {
  const sorter = new Sorter(classifier)
  const inputs = job.inputs.flatMap((file) => sorter.keep(file, 'input'))
  const outputs = job.outputs.flatMap((file) => sorter.keep(file, 'output'))
  if (inputs.length + outputs.length + job.deleted.length > 0) {
    await sorter.loadForming()
    inputs.forEach((file, i) => {
      inputs[i] = sorter.join(file, 'input')
    })
    outputs.forEach((file, i) => {
      outputs[i] = sorter.join(file, 'output')
    })
  }
  for (const path of job.internal) sorter.drop('internal', path)
  for (const path of job.temporary) sorter.drop('temporary', path)
  for (const path of job.deleted) sorter.drop('deleted', path)
  // A directory is no member of anything.
  const deletions = sorter.deletions(job.deleted.filter((path) => !job.deletedDirectories?.has(path)))
  classifier.probe.keep?.()
  const { uses, dropped } = sorter
  return { inputs, outputs, packages: uses.list(), recorded: uses.recorded, dropped, deletions }
}

/** Would this file stay in the record? */
export function isKept(
  path: BytePath,
  size: number,
  classifier: Classifier,
  role: Candidate['role'] = 'input',
): boolean {
  return new Sorter(classifier).wouldKeep({ path, role, size })
}

/** For the members of a composite that the job has not touched: one question for each of a million. */
export function keeper(classifier: Classifier): (path: BytePath) => boolean {
  const sorter = new Sorter(classifier)
  return (path) => sorter.wouldKeep({ path, role: 'output', size: null })
}

/** Files are asked about one by one while the job runs, and all of them behind it. */
const asked = new WeakMap<Classifier, DetectorsByDirectory>()

function askedBy(classifier: Classifier): DetectorsByDirectory {
  const { detectors, probe } = classifier
  const dropping = () => detectors.filter((one) => !formsComposites(one))
  const known = asked.get(classifier) ?? new DetectorsByDirectory(detectors, dropping(), probe)
  asked.set(classifier, known)
  return known
}

const formsComposites = (detector: ArtifactDetector): boolean => detector.describe !== undefined

class Sorter {
  readonly dropped: { category: FilterCategory; path: BytePath }[] = []
  readonly uses = new PackageUses()
  readonly #classifier: Classifier
  readonly #memberships = new Map<CompositeFound, Membership>()
  readonly #asked: DetectorsByDirectory
  #forming: readonly ArtifactDetector[]
  /** Of those whose detector says no more than that they belong to a composite. */
  readonly #bare = new Map<ClassifiedFile, CompositeFound>()
  #fresh: Probe | null = null

  constructor(classifier: Classifier) {
    this.#classifier = classifier
    this.#asked = askedBy(classifier)
    this.#forming = [...(classifier.declared ?? []), ...classifier.detectors.filter(formsComposites)]
  }

  async loadForming(): Promise<void> {
    const more = (await this.#classifier.forming?.()) ?? []
    this.#forming = [...this.#forming, ...more]
  }

  keep(file: ObservedFile, role: Candidate['role']): ClassifiedFile[] {
    const { path, access } = file
    const candidate = { path, role, size: file.stamp ? Number(file.stamp.size) : null, access }
    const { found, by } = this.#detect(candidate)
    this.#notePackages(file, candidate, found, by)
    const category = categoryOf(found)
    if (category !== null) {
      this.drop(category, path)
      return []
    }
    const kept = classified(file, found.is === 'code')
    if (found.is === 'composite') this.#bare.set(kept, found)
    return [kept]
  }

  join(file: ClassifiedFile, role: Candidate['role']): ClassifiedFile {
    const composite = this.#membership({ path: file.path, role, size: null }, this.#bare.get(file))
    return composite ? { ...file, code: false, composite } : file
  }

  /** A composite is changed by a removal, too. */
  deletions(paths: readonly BytePath[]): ReadonlyMap<Membership, readonly BytePath[]> {
    const deletions = new Map<Membership, BytePath[]>()
    for (const path of this.#forming.length === 0 ? [] : paths) {
      const belongs = this.wouldKeep({ path, role: 'output', size: null })
        ? this.#membership({ path, role: 'output', size: null })
        : null
      if (!belongs) continue
      const known = deletions.get(belongs)
      if (known) known.push(path)
      else deletions.set(belongs, [path])
    }
    return deletions
  }

  #membership(candidate: Candidate, bareFound?: CompositeFound): Membership | null {
    const { freshProbe, probe } = this.#classifier
    for (const detector of this.#forming) {
      this.#fresh ??= freshProbe?.() ?? probe
      const answer = detector.detect(candidate, this.#fresh)
      if (answer?.is === 'composite') return this.#joined(answer, detector)
    }
    // One of a detector that says no more than that: everything below the root belongs to it.
    return bareFound ? this.#joined(bareFound, bare) : null
  }

  #joined(found: CompositeFound, detector: ArtifactDetector): Membership {
    const known = this.#memberships.get(found) ?? { found, detector }
    this.#memberships.set(found, known)
    return known
  }

  wouldKeep(candidate: Candidate): boolean {
    return categoryOf(this.#detect(candidate).found) === null
  }

  drop(category: FilterCategory, path: BytePath): void {
    this.dropped.push({ category, path })
  }

  #detect(candidate: Candidate): { readonly found: Detection; readonly by: ArtifactDetector | null } {
    const { rules, probe } = this.#classifier
    const said = rules.decide(candidate.path)
    if (said === 'ignore') return { found: { is: 'ignored', why: 'filter.ignore' }, by: null }
    for (const { detector: by, found: known } of this.#asked.of(candidate.path).dropping) {
      const found = known ?? by.detect(candidate, probe)
      // Even a tracked file may be shown as code; but nothing may drop it.
      if (found && !(said === 'track' && categoryOf(found) !== null)) return { found, by }
    }
    return { found: { is: 'artifact' }, by: null }
  }

  #notePackages(file: ObservedFile, candidate: Candidate, found: Detection, by: ArtifactDetector | null): void {
    if (found.is === 'package') this.#note(file, candidate, found, by)
    if (candidate.role === 'output' || found.is === 'credential' || found.is === 'ignored') return
    for (const namer of this.#asked.of(file.path).namers)
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

/** Each property by itself: a spread takes five times as long, and there are a hundred thousand of them. */
const plain = (file: ObservedFile, code: boolean): ClassifiedFile => ({
  path: file.path,
  names: file.names,
  location: file.location,
  stamp: file.stamp,
  access: file.access,
  processes: file.processes,
  destroyed: file.destroyed,
  onlyMayWrite: file.onlyMayWrite,
  mappedStamp: file.mappedStamp,
  code,
})

const classified = (file: ObservedFile, code: boolean): ClassifiedFile =>
  file.replaced ? { ...plain(file, code), replaced: true } : plain(file, code)

const bare: ArtifactDetector = { name: 'bare', detect: () => null }

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
