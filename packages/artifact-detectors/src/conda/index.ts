/** Files of conda environments that no Python distribution claims: named with the conda package that brought them. */
import type { ArtifactDetector, BytePath, Detection, Probe } from '@roar/core'
import { byDirectory } from '../by-directory.ts'

type Package = Extract<Detection, { is: 'package' }>

/** Folders of an environment's root; a walk over all parents would ask the disk once for every directory of a run. */
const inEnvironment =
  /\/(?:bin|sbin|lib|lib64|libexec|include|share|etc|ssl|conda-meta|man|var|compiler_compat|[\w-]+-conda-linux-gnu)(?=\/|$)/g

export function createCondaDetector(): ArtifactDetector {
  const environments = new Map<string, ReadonlyMap<string, Package>>()
  let probe: Probe
  const environmentOf = byDirectory((directory) => {
    const roots = [...directory.matchAll(inEnvironment)].map(({ index }) => directory.slice(0, index))
    return roots.find((root) => root !== '' && probe.exists(`${root}/conda-meta/history` as BytePath)) ?? null
  })
  return {
    name: 'conda',
    detect({ path }, asked) {
      probe = asked
      const root = environmentOf(path)
      if (root === null) return null
      const files = environments.get(root) ?? filesOf(root, asked)
      environments.set(root, files)
      const inside = path.slice(root.length + 1)
      return (
        files.get(inside) ?? (inside.startsWith('conda-meta/') ? { is: 'ignored', why: 'conda records' } : left(inside))
      )
    },
  }
}

/** A package whose record is too long to be read (python's, mkl's), and what was made when it was installed. */
const left = (inside: string): Detection | null =>
  /^s?bin\/|\.so(?:\.|$)|^etc\/|^ssl\/|^lib\/(?:gconv|R|jvm|perl5|ruby|tcl|tk)/.test(inside) ? { is: 'system' } : null

function filesOf(root: string, probe: Probe): ReadonlyMap<string, Package> {
  const files = new Map<string, Package>()
  for (const name of probe.list(`${root}/conda-meta` as BytePath)) {
    const record = name.endsWith('.json') ? parse(probe.text(`${root}/conda-meta/${name}` as BytePath)) : null
    if (record === null) continue
    const found: Package = { is: 'package', ecosystem: 'conda', package: record.name, version: record.version }
    for (const file of record.files) files.set(file, found)
  }
  return files
}

interface CondaRecord {
  readonly name: string
  readonly version: string | null
  readonly files: readonly string[]
}

function parse(text: string | null): CondaRecord | null {
  try {
    const { name, version, files } = JSON.parse(text ?? '')
    if (typeof name !== 'string' || !Array.isArray(files)) return null
    return { name, version: typeof version === 'string' ? version : null, files }
  } catch {
    return null
  }
}
