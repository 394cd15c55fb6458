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

export class DetectorsByDirectory {
  readonly #dropping: readonly ArtifactDetector[]
  readonly #namers: readonly ArtifactDetector[]
  readonly #probe: Probe
  readonly #known = new Map<string, DirectoryDetectors>()
  #last: string | null = null
  #lastFound: DirectoryDetectors = { dropping: [], namers: [] }

  constructor(detectors: readonly ArtifactDetector[], dropping: readonly ArtifactDetector[], probe: Probe) {
    this.#dropping = dropping
    this.#namers = detectors.filter((one) => one.packagesOf)
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

  #ask(directory: BytePath): DirectoryDetectors {
    const dropping: Asked[] = []
    const settled = new Set<ArtifactDetector>()
    let isKnown = false
    for (const detector of this.#dropping) {
      // Behind one that answers for all files there, only those are of interest that name packages. The others are asked for a file that the user tracks.
      const mayAsk = !isKnown || detector.packagesOf !== undefined
      const found = (mayAsk && detector.inDirectory?.(directory, this.#probe)) || null
      if (found !== null) settled.add(detector)
      if (found === 'none') continue
      dropping.push({ detector, found })
      if (found !== null) isKnown = true
    }
    return { dropping, namers: this.#namers.filter((one) => !settled.has(one)) }
  }
}
