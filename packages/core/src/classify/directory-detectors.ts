/** Which detectors have something to say on the files of a directory: asked once a directory, and not once for each of its files. */
import type { BytePath } from '../byte-path.ts'
import type { ArtifactDetector, Detection, Probe } from '../contracts.ts'

export interface Asked {
  readonly detector: ArtifactDetector
  /** The same for all files there; null: each has to be asked. */
  readonly found: Detection | null
}

/** In their order. */
export interface DirectoryDetectors {
  readonly dropping: readonly Asked[]
  /** That name further packages. */
  readonly namers: readonly ArtifactDetector[]
}

/** What is the same of it for all directories. */
interface Detector {
  readonly asked: Asked
  readonly drops: boolean
  readonly names: boolean
}

export class DetectorsByDirectory {
  readonly #detectors: readonly Detector[]
  /** Those without marks, and the marks of all others. */
  readonly #unmarked: readonly Detector[]
  readonly #marks: RegExp
  readonly #probe: Probe
  readonly #known = new Map<string, DirectoryDetectors>()
  #last: string | null = null
  #lastFound: DirectoryDetectors = { dropping: [], namers: [] }

  constructor(detectors: readonly ArtifactDetector[], dropping: readonly ArtifactDetector[], probe: Probe) {
    this.#detectors = detectors.map((detector) => ({
      asked: { detector, found: null },
      drops: dropping.includes(detector),
      names: detector.packagesOf !== undefined,
    }))
    this.#unmarked = this.#detectors.filter(({ asked }) => asked.detector.marks === undefined)
    this.#marks = anyOf(detectors.flatMap(({ marks = [] }) => marks))
    this.#probe = probe
  }

  of(path: BytePath): DirectoryDetectors {
    const cut = path.lastIndexOf('/')
    // Neighbours come one after the other: then nothing is cut out or looked up.
    if (this.#last !== null && cut === this.#last.length && path.startsWith(this.#last)) return this.#lastFound
    const directory = path.slice(0, cut) as BytePath
    const found = this.#known.get(directory) ?? this.#ask(directory)
    this.#known.set(directory, found)
    this.#last = directory
    this.#lastFound = found
    return found
  }

  /** Kept short, and what it asks is a function of its own: a job of a few hundred directories is over before either would be worth compiling. */
  #ask(directory: BytePath): DirectoryDetectors {
    const all = this.#marks.test(`${directory}/`) ? this.#detectors : this.#unmarked
    const dropping: Asked[] = []
    const namers: ArtifactDetector[] = []
    let isKnown = false
    for (let i = 0; i < all.length; i++) {
      const one = all[i] as Detector
      const found = answerOf(one, isKnown, directory, this.#probe)
      if (found === 'none') continue
      if (found !== null) isKnown = true
      else if (one.names) namers.push(one.asked.detector)
      if (one.drops) dropping.push(found === null ? one.asked : { detector: one.asked.detector, found })
    }
    return { dropping, namers }
  }
}

/** Behind one that answers for all files there, only those are of interest that name packages. The others are asked for a file that the user tracks. */
function answerOf({ asked, drops, names }: Detector, isKnown: boolean, directory: BytePath, probe: Probe) {
  return drops && (names || !isKnown) ? (asked.detector.inDirectory?.(directory, probe) ?? null) : null
}

/** Without any mark: nothing matches. */
const anyOf = (marks: readonly string[]): RegExp =>
  new RegExp(marks.length === 0 ? '$^a' : marks.map((mark) => mark.replace(/[^\w/]/g, '\\$&')).join('|'))
