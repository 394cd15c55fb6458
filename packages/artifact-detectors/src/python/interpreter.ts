/** An installed Python: its standard library, its programs, the settings of a virtual environment. */
import type { BytePath, Detection, Probe } from '@roar/core'
import { baseName } from '../by-directory.ts'

export type Package = Extract<Detection, { is: 'package' }>

/** `lib/python3.11`, `lib64/python3.13t`, `lib/pypy3.10` */
const library = /^(.*?)\/lib(?:32|64)?\/((?:python|pypy)(\d+\.\d+)t?)(?=\/|$)/

const pythonPackage = (version: string | null): Package => ({
  is: 'package',
  ecosystem: 'python',
  package: 'python',
  version,
})

/** The Python whose standard library a directory lies in. `os.py` is the landmark by which Python finds it, too. */
export function standardLibrary(directory: string, probe: Probe): Package | null {
  const [at, prefix = '', folder = '', version = ''] = library.exec(directory) ?? []
  if (at === undefined || !probe.exists(`${at}/os.py` as BytePath)) return null
  return pythonPackage(fullVersion(prefix, folder, probe) ?? version)
}

/** Only the C header says it to the last figure; a system without the header package knows `3.11`. */
function fullVersion(prefix: string, folder: string, probe: Probe): string | null {
  const header = probe.text(`${prefix}/include/${folder}/patchlevel.h` as BytePath)
  return header && (/#define\s+PY_VERSION\s+"([^"+]+)/.exec(header)?.[1] ?? null)
}

/** `python3.11` in `bin`, `libpython3.11.so.1.0` in `lib`, of a Python that is not the system's. */
const program = /^(?:python|pypy|idle|pydoc|2to3|libpython|libpypy)\d?[\w.-]*$/

export function interpreterFile(path: string, probe: Probe): Package | null {
  const [, prefix, folder] = /^(.*)\/(bin|lib|lib64)\/[^/]+$/.exec(path) ?? []
  if (prefix === undefined || prefix === '' || prefix === '/usr' || !program.test(baseName(path))) return null
  if (folder === 'bin' && isEnvironment(prefix, probe)) return environmentPython(prefix, probe)
  return (
    pythonsIn(prefix, probe)
      .map((at) => standardLibrary(at, probe))
      .find(Boolean) ?? null
  )
}

/** Library folders of an installation: `P/lib/python3.11`, … */
export function pythonsIn(prefix: string, probe: Probe): readonly string[] {
  return ['lib', 'lib64'].flatMap((folder) =>
    probe
      .list(`${prefix}/${folder}` as BytePath)
      .filter((name) => /^(?:python|pypy)\d/.test(name))
      .map((name) => `${prefix}/${folder}/${name}`),
  )
}

export const isEnvironment = (prefix: string, probe: Probe): boolean => probe.exists(`${prefix}/pyvenv.cfg` as BytePath)

/** PEP 405; `version_info` is virtualenv's. */
export function environmentPython(prefix: string, probe: Probe): Package {
  const text = probe.text(`${prefix}/pyvenv.cfg` as BytePath) ?? ''
  return pythonPackage(/^version(?:_info)?\s*=\s*(\d+(?:\.\d+)*)/m.exec(text)?.[1] ?? null)
}
