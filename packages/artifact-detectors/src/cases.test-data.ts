/** Writes tables of cases shortly: one answer, many paths. */
import { type DetectorCase, ScratchProbe, type Tree } from '@roar/conformance'
import {
  type AccessKind,
  type BytePath,
  type Detection,
  type DetectorFactory,
  fromString,
  packageUrl,
} from '@roar/core'

type Setting = Omit<DetectorCase, 'path' | 'is'>

export const all = (is: Detection | null, paths: string, setting: Setting = {}): readonly DetectorCase[] =>
  paths
    .split(/\s+/)
    .filter(Boolean)
    .map((path) => ({ ...setting, path, is }))

/** What a detector says of a file beside what it is: package URLs, and the digest on record. */
export function told(
  factory: DetectorFactory,
  path: string,
  tree: Tree,
  access: readonly AccessKind[] = ['read'],
): { readonly purls: readonly string[]; readonly digest: string | null } {
  const probe = new ScratchProbe(tree)
  try {
    const detector = factory()
    const candidate = { path: fromString(path), role: 'input', size: 100, access } as const
    const purls = detector
      .packagesOf?.(candidate, probe)
      .map((one) => one.purl ?? packageUrl(one.ecosystem, one.package, one.version))
    const expected = detector.recorded?.(candidate.path, probe)?.expected()
    return { purls: purls ?? [], digest: expected ? `${expected.algorithm}:${expected.digest}` : null }
  } finally {
    probe.close()
  }
}

/** The files that a kept table rests on. */
export function restsOn(factory: DetectorFactory, path: string, tree: Tree): readonly string[] {
  const sources: string[] = []
  class Noting extends ScratchProbe {
    override derived(name: string, source: BytePath | readonly BytePath[], make: () => Uint8Array): Uint8Array {
      sources.push(...(typeof source === 'string' ? [source] : source))
      return super.derived(name, source, make)
    }
  }
  const probe = new Noting(tree)
  try {
    factory().packagesOf?.({ path: fromString(path), role: 'input', size: 1 }, probe)
    return sources
  } finally {
    probe.close()
  }
}
