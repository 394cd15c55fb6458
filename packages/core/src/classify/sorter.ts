/** Asks the detectors, in order, what one file is; collects what they drop, and the packages that they name. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Candidate, Detection, MadeFrom, PackageFound } from '../contracts.ts'
import type { FilterCategory } from '../model.ts'
import type { ObservedFile } from '../observe/observed.ts'
import type { ClassifiedFile, Classifier } from './classified.ts'
import { DetectorsByDirectory } from './directory-detectors.ts'
import { formsComposites, Memberships } from './memberships.ts'
import { PackageUses } from './package-uses.ts'

export interface MadeInput {
  readonly file: ObservedFile
  readonly made: MadeFrom
}

interface Namer {
  readonly by: ArtifactDetector | null
  readonly byInstaller: boolean
}

export class Sorter {
  readonly dropped: { category: FilterCategory; path: BytePath }[] = []
  /** Inputs that are left out, but were made from something that is none. */
  readonly made: MadeInput[] = []
  readonly uses = new PackageUses()
  readonly memberships: Memberships
  readonly #classifier: Classifier
  readonly #asked: DetectorsByDirectory

  constructor(classifier: Classifier) {
    this.#classifier = classifier
    this.#asked = askedBy(classifier)
    this.memberships = new Memberships(classifier)
  }

  /** As it is, though it would be left out: nothing else tells what was used. */
  keepAnyway(file: ObservedFile): ClassifiedFile {
    return classified(file, true)
  }

  keep(file: ObservedFile, role: Candidate['role']): ClassifiedFile[] {
    const { path, access } = file
    const candidate = { path, role, size: file.stamp ? Number(file.stamp.size) : null, access }
    const { found, by } = this.#detect(candidate)
    this.#notePackages(file, candidate, found, by)
    const category = categoryOf(found)
    if (category !== null) {
      this.drop(category, path)
      const made = found.is === 'ignored' && role === 'input' ? by?.madeFrom?.(path, this.#classifier.probe) : null
      if (made) this.made.push({ file, made })
      return []
    }
    const kept = classified(file, found.is === 'code')
    if (found.is === 'composite') this.memberships.noteBare(kept, found)
    return [kept]
  }

  /** Counted either way, under what it was. */
  keepDeleted(path: BytePath): boolean {
    const category = categoryOf(this.#detect({ path, role: 'output', size: null }).found)
    this.drop(category ?? 'deleted', path)
    return category === null
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
    if (found.is === 'package') this.#note(file, candidate, found, { by, byInstaller: false })
    if (candidate.role === 'output' || found.is === 'credential' || found.is === 'ignored') return
    for (const namer of this.#asked.of(file.path).namers)
      for (const one of namer.packagesOf?.(candidate, this.#classifier.probe) ?? [])
        this.#note(file, candidate, one, { by: namer, byInstaller: true })
  }

  #note(file: ObservedFile, { path, role }: Candidate, found: PackageFound, { by, byInstaller }: Namer): void {
    const use = this.uses.note(found, path)
    // What the job changed itself is its output, not a changed package.
    const stamp = role === 'output' || file.destroyed ? null : file.stamp
    if (use && by) this.uses.check({ use, path, stamp, by, byInstaller }, this.#classifier.probe)
  }
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

function classified(file: ObservedFile, code: boolean): ClassifiedFile {
  const { replaced, base, readBack, readBackAt } = file
  if (!replaced && base === undefined && readBackAt === undefined) return plain(file, code)
  return {
    ...plain(file, code),
    ...(replaced && { replaced }),
    ...(base !== undefined && { base }),
    ...(readBack && { readBack }),
    ...(readBackAt !== undefined && { readBackAt }),
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
  place: file.place,
  code,
})

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
