/** Which composite a path names or belongs to: that of a format, or, where none knows the directory, all of its files. */
import type { BytePath, Classifier, CompositeFound } from '@roar/core'
import { canonicalBytes } from '@roar/host'
import type { Services } from '../composition/services.ts'
import { loadClassifier } from '../run/load-classifier.ts'

export interface NamedComposite {
  readonly found: CompositeFound
  readonly classifier: Classifier
}

/** With the detectors that runs load only once they need them. */
type LoadedClassifier = Awaited<ReturnType<typeof loadClassifier>>

async function formingClassifier(services: Services): Promise<Classifier> {
  return withForming(await loadClassifier(services, await services.get('files')))
}

export async function withForming({ forming, ...classifier }: LoadedClassifier): Promise<Classifier> {
  return { ...classifier, detectors: [...classifier.detectors, ...((await forming?.()) ?? [])] }
}

/** What a file on disk is a member of; null when it is none. */
export async function compositeOf(services: Services, path: BytePath): Promise<NamedComposite | null> {
  const classifier = await formingClassifier(services)
  const found = membership(path, classifier)
  return found && { found, classifier }
}

/** A directory, or a set of files by its name. A directory that no format knows is all of its files. */
export async function compositeNamed(services: Services, name: BytePath): Promise<NamedComposite | null> {
  return compositeAmong(await formingClassifier(services), name)
}

export function compositeAmong(classifier: Classifier, name: BytePath): NamedComposite | null {
  const path = canonicalBytes(name)
  const set = setNamed(classifier, path)
  if (set || path.includes('*')) return set && { found: set, classifier }
  const inside = membership(`${path}/member` as BytePath, classifier)
  if (inside?.root === path && inside.name === undefined) return { found: inside, classifier }
  return { found: { is: 'composite', root: path, format: 'directory', complete: true }, classifier }
}

/** Its name has a star, or is that of the member which lists the others. */
function setNamed(classifier: Classifier, path: BytePath): CompositeFound | null {
  const directory = path.slice(0, path.lastIndexOf('/'))
  const files = path.includes('*')
    ? classifier.probe.list(directory as BytePath).map((one) => `${directory}/${one}`)
    : [path]
  for (const file of files) {
    const found = membership(file as BytePath, classifier)
    if (found?.name === path) return found
  }
  return null
}

function membership(path: BytePath, { declared = [], detectors, probe }: Classifier): CompositeFound | null {
  const candidate = { path, role: 'output', size: null } as const
  for (const detector of [...declared, ...detectors]) {
    const answer = detector.describe ? detector.detect(candidate, probe) : null
    if (answer?.is === 'composite') return answer
  }
  return null
}
