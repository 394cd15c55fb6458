/** Lines of a script that make the environments of its steps. */
import type { PackageUse } from '@roar/core'
import { isWithin, requirementOf } from '../recipe/python-package.ts'
import type { EnvironmentPlan } from './plan.ts'
import { word } from './shell-text.ts'

const condaAt = '../environment/conda'
const pythonAt = ({ at }: { readonly at: string | null }): string => at ?? '../environment/python'

export function environmentLines(environment: EnvironmentPlan): readonly string[] {
  const pins = pinsOf(environment.packages)
  if (environment.kind === 'node') return []
  if (environment.kind === 'conda')
    return [
      '',
      `conda create --yes --prefix ${condaAt} ${pins.map(word).join(' ')}`,
      ...pipLines(condaAt, pinsOf(environment.pip)),
    ]
  const at = pythonAt(environment)
  return ['', `# Python ${environment.version ?? ''}`.trimEnd(), `python3 -m venv ${word(at)}`, ...pipLines(at, pins)]
}

const pinsOf = (packages: readonly PackageUse[]): readonly string[] =>
  packages.flatMap((one) => (one.version === null ? [] : [requirementOf(one)]))

/** What is installed knows the digests of its files, not that of the archive which they came in: that is what `--require-hashes` asks for. */
const byVersion =
  '# Pinned by version: digests of the archives were not recorded, so an index could give others under the same version.'

const pipLines = (at: string, pins: readonly string[]): readonly string[] => [
  ...(pins.length > 0
    ? [byVersion, `${word(`${at}/bin/python`)} -m pip install --no-deps ${pins.map(word).join(' ')}`]
    : []),
  `PATH="$(cd ${word(`${at}/bin`)} && pwd):$PATH"`,
  'export PATH',
]

/** Projects of the workspace are installed in place, once it is at a commit. */
export function projectLines(environment: EnvironmentPlan): readonly string[] {
  if (environment.kind === 'node') return []
  const python = word(`${environment.kind === 'conda' ? condaAt : pythonAt(environment)}/bin/python`)
  return environment.projects
    .filter(isWithin)
    .map((one) => `${python} -m pip install --no-deps --editable ${word(one === '.' ? one : `./${one}`)}`)
}
