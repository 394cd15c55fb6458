/** Reads what a plugin says about itself. Data only: nothing of the plugin runs. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { API_VERSION, type ContributionKind, type ContributionManifest, nearest, RoarError } from '@roar/core'

export const contributionKinds: readonly ContributionKind[] = [
  'tracers',
  'hashes',
  'detectors',
  'stores',
  'registries',
  'comparers',
  'exporters',
  'storages',
]

/** A package.json with its `roar` field, checked. */
export interface PackageManifest {
  readonly name: string
  readonly version: string
  /** Absolute. */
  readonly directory: string
  readonly exports: unknown
  readonly main: string | null
  readonly contributes: { readonly [K in ContributionKind]?: readonly ContributionManifest[] }
}

type Fields = Readonly<Record<string, unknown>>

export function readManifest(directory: string): PackageManifest {
  const fields = readPackage(directory)
  const name = fields.name
  if (typeof name !== 'string' || name === '') throw fault(directory, "'name' is missing")
  if (typeof fields.version !== 'string') throw fault(name, "'version' is missing")
  if (!isRecord(fields.roar)) throw fault(name, "there is no 'roar' field, so it is no plugin of roar")
  checkApi(name, fields.roar.api)
  return {
    name,
    version: fields.version,
    directory,
    exports: fields.exports,
    main: typeof fields.main === 'string' ? fields.main : null,
    contributes: contributionsOf(name, fields.roar),
  }
}

function readPackage(directory: string): Fields {
  const file = join(directory, 'package.json')
  try {
    const fields: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (isRecord(fields)) return fields
    throw new SyntaxError('It is not an object.')
  } catch (error) {
    throw fault(directory, `${file} cannot be read: ${(error as Error).message}`)
  }
}

function checkApi(name: string, api: unknown): void {
  if (api === API_VERSION) return
  if (typeof api !== 'number') throw fault(name, "'roar.api' is not a number")
  const newer = api > API_VERSION
  throw new RoarError('ROAR_PLUGIN_API', `${name} is made for version ${api} of the plugin API, not ${API_VERSION}`, {
    cause: newer ? 'The plugin is newer than this roar.' : 'The plugin is older than this roar.',
    remedy: [newer ? 'Update roar' : `Install a newer version of ${name}`, `roar plugin remove ${name}`],
    data: { plugin: name, api, supported: API_VERSION },
  })
}

function contributionsOf(name: string, roar: Fields): PackageManifest['contributes'] {
  checkNames(name, 'roar', roar, ['api', 'contributes'])
  if (!isRecord(roar.contributes)) throw fault(name, "'roar.contributes' is not an object")
  checkNames(name, 'roar.contributes', roar.contributes, contributionKinds)
  for (const [kind, list] of Object.entries(roar.contributes)) {
    if (!Array.isArray(list)) throw fault(name, `'roar.contributes.${kind}' is not a list`)
    list.forEach((one, i) => {
      checkContribution(name, `roar.contributes.${kind}[${i}]`, one, kind === 'hashes')
    })
  }
  return roar.contributes as PackageManifest['contributes']
}

function checkContribution(plugin: string, where: string, one: unknown, mayBeOpen: boolean): void {
  if (!isRecord(one)) throw fault(plugin, `'${where}' is not an object`)
  checkNames(plugin, where, one, ['name', 'export', 'order', 'composites', 'sockets', 'socketVariable'])
  const wanted = mayBeOpen ? /^[a-z0-9][a-z0-9.-]*\*?$/ : /^[a-z0-9][a-z0-9.-]*$/
  if (typeof one.name !== 'string' || !wanted.test(one.name))
    throw fault(plugin, `'${where}.name' is not a name of lower-case letters, digits, '-' and '.'`)
  if (typeof one.export !== 'string' || one.export === '') throw fault(plugin, `'${where}.export' is not a name`)
  if (one.order !== undefined && !Number.isFinite(one.order)) throw fault(plugin, `'${where}.order' is not a number`)
  if (one.composites !== undefined && typeof one.composites !== 'boolean')
    throw fault(plugin, `'${where}.composites' is not true or false`)
  if (
    one.sockets !== undefined &&
    !(Array.isArray(one.sockets) && one.sockets.every((path) => typeof path === 'string'))
  )
    throw fault(plugin, `'${where}.sockets' is not a list of paths`)
  if (one.socketVariable !== undefined && typeof one.socketVariable !== 'string')
    throw fault(plugin, `'${where}.socketVariable' is not the name of a variable`)
}

/** A misspelt field would otherwise be a contribution that silently does not exist. */
function checkNames(plugin: string, where: string, fields: Fields, known: readonly string[]): void {
  for (const field of Object.keys(fields)) {
    if (known.includes(field)) continue
    const [near] = nearest(field, known)
    throw fault(plugin, `'${where}' has an unknown field '${field}'${near ? `; did you mean '${near}'?` : ''}`)
  }
}

function fault(plugin: string, what: string): RoarError {
  return new RoarError('ROAR_PLUGIN_MANIFEST', `the manifest of ${plugin} cannot be used: ${what}`, {
    cause: 'The `roar` field of a plugin’s package.json has the shape that docs/plugins/manifest.md describes.',
    remedy: [`Correct the package.json of ${plugin}`, `roar plugin remove ${plugin}`],
    data: { plugin },
  })
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
