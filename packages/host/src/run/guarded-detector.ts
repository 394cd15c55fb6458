/** A stranger's detector, which fails once and is silent from then on: a job that has run is recorded, whatever a plugin does. */
import type { ArtifactDetector, CompositeMembers, Detection, PackageFound } from '@roar/core'

type Kind = Detection['is']
const kinds: ReadonlySet<Kind> = new Set([
  'system',
  'ignored',
  'credential',
  'package',
  'code',
  'artifact',
  'composite',
])
const undescribed: CompositeMembers = { members: null, incomplete: 'its detector failed' }

/** `failed` hears of the first failure. */
export function guardedDetector(detector: ArtifactDetector, failed: (error: unknown) => void): ArtifactDetector {
  let silent = false
  const ask = <T>(question: () => T, nothing: T): T => {
    if (silent) return nothing
    try {
      return question()
    } catch (error) {
      silent = true
      failed(error)
      return nothing
    }
  }
  const { name, lockFiles, marks } = detector
  return {
    name,
    detect: (...asked) => ask(() => detection('detect', detector.detect(...asked)), null),
    ...(lockFiles && { lockFiles }),
    // Others are none: then it is asked about every directory.
    ...(Array.isArray(marks) && marks.every((mark) => typeof mark === 'string') && { marks }),
    ...(detector.inDirectory && {
      inDirectory: (...asked) =>
        ask(() => {
          const answer = detector.inDirectory?.(...asked) ?? null
          return answer === 'none' ? answer : detection('inDirectory', answer)
        }, 'none'),
    }),
    ...(detector.describe && {
      describe: (...asked) => ask(() => members(detector.describe?.(...asked)), undescribed),
    }),
    ...(detector.packagesOf && {
      packagesOf: (...asked) => ask(() => [...(detector.packagesOf?.(...asked) ?? [])].map(packageFound), []),
    }),
    ...(detector.madeFrom && { madeFrom: (...asked) => ask(() => detector.madeFrom?.(...asked) ?? null, null) }),
    ...(detector.recorded && { recorded: (...asked) => ask(() => detector.recorded?.(...asked) ?? null, null) }),
  }
}

/** What the record is made from must be there; the rest is checked by the suite for detectors. */
function detection(member: string, answer: Detection | null | undefined): Detection | null {
  if (answer === null || answer === undefined) return null
  if (!kinds.has(answer.is)) throw new TypeError(`${member}() answered what is no detection: ${shown(answer)}`)
  if (answer.is === 'package') packageFound(answer)
  if (answer.is === 'composite' && (typeof answer.root !== 'string' || typeof answer.format !== 'string'))
    throw new TypeError(`${member}() answered a composite without root or format: ${shown(answer)}`)
  return answer
}

function members(answer: CompositeMembers | undefined): CompositeMembers {
  if (answer?.members === null || Array.isArray(answer?.members)) return answer
  throw new TypeError(`describe() answered no members: ${shown(answer)}`)
}

function packageFound(found: PackageFound): PackageFound {
  if (typeof found?.ecosystem !== 'string' || typeof found.package !== 'string')
    throw new TypeError(`a package needs ecosystem and package: ${shown(found)}`)
  return found
}

const shown = (answer: unknown): string =>
  `${answer instanceof Promise ? 'a promise' : JSON.stringify(answer)}`.slice(0, 200)
