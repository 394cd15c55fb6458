/** Which files belong to one composite: what the detectors that form composites say of each. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Candidate, CompositeFound, Probe } from '../contracts.ts'
import type { MadeLink } from '../observe/observed.ts'
import type { ClassifiedFile, Classifier, Membership } from './classified.ts'

export const formsComposites = (detector: ArtifactDetector): boolean => detector.describe !== undefined

export class Memberships {
  readonly #classifier: Classifier
  readonly #byFinding = new Map<CompositeFound, Membership>()
  #forming: readonly ArtifactDetector[]
  /** Of those whose detector says no more than that they belong to a composite. */
  readonly #bare = new Map<ClassifiedFile, CompositeFound>()
  #fresh: Probe | null = null

  constructor(classifier: Classifier) {
    this.#classifier = classifier
    this.#forming = [...(classifier.declared ?? []), ...classifier.detectors.filter(formsComposites)]
  }

  async loadForming(): Promise<void> {
    const more = (await this.#classifier.forming?.()) ?? []
    this.#forming = [...this.#forming, ...more]
  }

  /** What a detector has said of it that forms no composites itself: counts where none of those knows better. */
  noteBare(file: ClassifiedFile, found: CompositeFound): void {
    this.#bare.set(file, found)
  }

  join(file: ClassifiedFile, role: Candidate['role']): ClassifiedFile {
    const composite = this.#of({ path: file.path, role, size: null }, this.#bare.get(file))
    return composite ? { ...file, code: false, composite } : file
  }

  /** A composite is changed by a removal, too. */
  deletions(paths: readonly BytePath[]): ReadonlyMap<Membership, readonly BytePath[]> {
    return this.#grouped(paths, (path) => path)
  }

  linksOf(links: readonly MadeLink[]): ReadonlyMap<Membership, readonly MadeLink[]> {
    return this.#grouped(links, ({ path }) => path)
  }

  #grouped<T>(things: readonly T[], pathOf: (thing: T) => BytePath): ReadonlyMap<Membership, readonly T[]> {
    const groups = new Map<Membership, T[]>()
    for (const thing of this.#forming.length === 0 ? [] : things) {
      const belongs = this.#of({ path: pathOf(thing), role: 'output', size: null })
      if (!belongs) continue
      const known = groups.get(belongs)
      if (known) known.push(thing)
      else groups.set(belongs, [thing])
    }
    return groups
  }

  #of(candidate: Candidate, bareFound?: CompositeFound): Membership | null {
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
    const known = this.#byFinding.get(found) ?? { found, detector }
    this.#byFinding.set(found, known)
    return known
  }
}

const bare: ArtifactDetector = { name: 'bare', detect: () => null }
