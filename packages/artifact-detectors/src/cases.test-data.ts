/** Writes tables of cases shortly: one answer, many paths. */
import { type DetectorCase, ScratchProbe, type Tree } from '@roar/conformance'
import { type AccessKind, type Detection, type DetectorFactory, fromString, packageUrl } from '@roar/core'

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
