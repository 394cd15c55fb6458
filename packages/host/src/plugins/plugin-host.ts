/** The active plugins of a workspace: listed from their manifests, loaded when first used. */
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type ContributionKind,
  type Contributions,
  type HashAlgorithm,
  isRoarError,
  nearest,
  RoarError,
} from '@roar/core'
import type { Config } from '../config/config.ts'
import { loadConfig } from '../config/load-config.ts'
import { guardedHash } from '../hashing/guarded-hash.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { shapeFault } from './contract-shape.ts'
import { findPackage } from './find-package.ts'
import { readManifest } from './manifest.ts'
import {
  type Contribution,
  type FactorySource,
  type InlinePlugin,
  inlinePlugin,
  type Plugin,
  packagePlugin,
} from './plugin.ts'

export interface PluginSources {
  /** Packages that come with the program; found from where it is installed, never from the workspace. */
  readonly builtins: readonly (string | Builtin)[]
  /** Its settings name further packages, found from its root first. */
  readonly workspace: Pick<Workspace, 'root' | 'configFile' | 'pluginLock'> | null
  /** Where they are loaded already. */
  readonly config?: Config
  readonly inline?: readonly InlinePlugin[]
  /** Where the program's packages are sought, if that is not where this module is. */
  readonly installedAt?: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
}

/** A package that comes with the program, of which it is known beforehand what it has: its manifest is read when one of these kinds is asked for. */
export interface Builtin {
  readonly name: string
  readonly kinds: readonly ContributionKind[]
}

/** Null: anything may be in it. */
interface Shelved {
  readonly kinds: readonly ContributionKind[] | null
  plugin(): Plugin
}

type Owners = ReadonlyMap<string, { readonly contribution: Contribution; readonly plugin: Plugin }>

export type Loaded<K extends ContributionKind> = Awaited<ReturnType<Contributions[K]>>

export class PluginHost {
  readonly #shelf: readonly Shelved[]
  readonly #owners = new Map<ContributionKind, Owners>()
  readonly #loaded = new Map<string, Promise<unknown>>()

  /** Every check that needs no import is made here, but for packages of which the program knows the kinds: those fit each other. */
  constructor(shelf: readonly Shelved[]) {
    this.#shelf = shelf
    if (shelf.some(({ kinds }) => kinds === null)) ownersOf(this.list())
  }

  static async create(sources: PluginSources): Promise<PluginHost> {
    const { workspace, env = process.env } = sources
    const config = sources.config ?? (await loadConfig({ workspace, env }))
    return new PluginHost(shelve(sources, config.get('plugins')))
  }

  list(): readonly Plugin[] {
    return this.#shelf.map((one) => one.plugin())
  }

  #of(kind: ContributionKind): readonly Plugin[] {
    const holders = this.#shelf.filter(({ kinds }) => kinds === null || kinds.includes(kind))
    return holders.map((one) => one.plugin())
  }

  /** By order, then as listed. Imports nothing. */
  contributions(kind: ContributionKind): readonly Contribution[] {
    const all = this.#of(kind).flatMap((plugin) => plugin.contributes.filter((one) => one.kind === kind))
    return all.sort((a, b) => a.order - b.order)
  }

  /** Made once, at first use. */
  load<K extends ContributionKind>(kind: K, name: string): Promise<Loaded<K>> {
    const key = `${kind}\0${name}`
    let made = this.#loaded.get(key)
    if (made === undefined) {
      made = this.#make(kind, name)
      this.#loaded.set(key, made)
    }
    return made as Promise<Loaded<K>>
  }

  /** Made at each call: whoever asks wants one that remembers nothing. */
  make<K extends ContributionKind>(kind: K, name: string): Promise<Loaded<K>> {
    return this.#make(kind, name) as Promise<Loaded<K>>
  }

  /** Where another thread finds what was loaded here; null for what is no package, or one that only a transpiler can load. */
  source(kind: ContributionKind, name: string): FactorySource | null {
    const owner = this.#owner(kind, name)
    const source = owner?.plugin.source?.(owner.contribution) ?? null
    return source !== null && /\.[cm]?js$/.test(source.file) ? { ...source, name } : null
  }

  /** Does a manifest promise it? Imports nothing. */
  has(kind: ContributionKind, name: string): boolean {
    return this.#owner(kind, name) !== undefined
  }

  /** By its own name, or by one that ends in `*`. */
  #owner(kind: ContributionKind, name: string) {
    const owners = this.#ownersOf(kind)
    const own = owners.get(`${kind}\0${name}`)
    if (own !== undefined || name.endsWith('*')) return own
    const open = [...owners.values()].filter(({ contribution }) => contribution.kind === kind)
    return open.find(
      ({ contribution: { name: pattern } }) => pattern.endsWith('*') && name.startsWith(pattern.slice(0, -1)),
    )
  }

  #ownersOf(kind: ContributionKind): Owners {
    const known = this.#owners.get(kind) ?? ownersOf(this.#of(kind))
    this.#owners.set(kind, known)
    return known
  }

  /** All of a kind, in order; only those of which `which` is true. */
  loadAll<K extends ContributionKind>(
    kind: K,
    which: (one: Contribution) => boolean = () => true,
  ): Promise<readonly Loaded<K>[]> {
    const wanted = this.contributions(kind).filter(which)
    return Promise.all(wanted.map(({ name }) => this.load(kind, name)))
  }

  async #make(kind: ContributionKind, name: string): Promise<unknown> {
    const owner = this.#owner(kind, name)
    if (owner === undefined) throw this.#unknown(kind, name)
    const { plugin } = owner
    // Of several names that a pattern stands for, errors name the one that was asked for.
    const contribution = { ...owner.contribution, name }
    const made = await madeBy(plugin, owner.contribution, name)
    if (kind !== 'hashes' || plugin.builtin) return made
    return guardedHash(made as HashAlgorithm, (error) => failedPlugin(contribution, error, 'failed in'))
  }

  #unknown(kind: ContributionKind, name: string): RoarError {
    const names = this.contributions(kind).map((one) => one.name)
    const [near] = nearest(name, names)
    return new RoarError(
      'ROAR_PLUGIN_CONTRIBUTION',
      `no active plugin has ${article(contributionNames[kind])} named '${name}'`,
      {
        cause: near ? `Did you mean ${near}?` : `Active: ${names.join(', ') || 'none'}.`,
        remedy: ['roar plugin list', 'roar plugin add PACKAGE'],
        data: { kind, name, active: names },
      },
    )
  }
}

function shelve(sources: PluginSources, active: readonly string[]): readonly Shelved[] {
  const { builtins, workspace, inline = [], installedAt = [dirname(fileURLToPath(import.meta.url))] } = sources
  const read = (at: string, builtin: boolean, lock: string | null) => packagePlugin(readManifest(at), builtin, lock)
  const builtin = builtins.map((one) => {
    const { name, kinds } = typeof one === 'string' ? { name: one, kinds: null } : one
    return { kinds, plugin: once(() => read(findPackage(name, installedAt), true, null)) }
  })
  const places = workspace ? [workspace.root, ...installedAt] : installedAt
  const added = [...new Set(active.map((spec) => findPackage(spec, places)))]
  const lock = workspace?.pluginLock ?? null
  return [
    ...builtin,
    ...added.map((at) => ({ kinds: null, plugin: once(() => read(at, false, lock)) })),
    ...inline.map((one) => ({ kinds: null, plugin: once(() => inlinePlugin(one)) })),
  ]
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function ownersOf(plugins: readonly Plugin[]): Owners {
  const owners = new Map<string, { contribution: Contribution; plugin: Plugin }>()
  for (const plugin of plugins) {
    for (const contribution of plugin.contributes) {
      const key = `${contribution.kind}\0${contribution.name}`
      const first = owners.get(key)
      if (first) throw duplicate(contribution, first.plugin, plugin)
      owners.set(key, { contribution, plugin })
    }
  }
  return owners
}

/** What one contribution of a kind is called. */
export const contributionNames: Readonly<Record<ContributionKind, string>> = {
  tracers: 'tracer',
  hashes: 'hash',
  detectors: 'detector',
  stores: 'store',
  registries: 'registry',
  comparers: 'comparer',
  exporters: 'exporter',
  storages: 'storage',
}

const article = (word: string): string => `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`

function duplicate({ kind, name }: Contribution, first: Plugin, second: Plugin): RoarError {
  const owners = [first, second].map((one) => `${one.name} (${one.location})`)
  return new RoarError(
    'ROAR_PLUGIN_DUPLICATE',
    `two plugins have ${article(contributionNames[kind])} named '${name}'`,
    {
      cause: `They are ${owners.join(' and ')}.`,
      remedy: [`roar plugin remove ${second.name}`],
      data: { kind, name, owners: [first.name, second.name] },
    },
  )
}

/** Imports the plugin and makes all that it has: what fails or keeps no contract is thrown. */
export async function tryPlugin(plugin: Plugin): Promise<void> {
  for (const contribution of plugin.contributes) await madeBy(plugin, contribution, contribution.name)
}

async function madeBy(plugin: Plugin, contribution: Contribution, name: string): Promise<unknown> {
  const made = await runFactory(plugin, contribution, name)
  const fault = shapeFault(contribution.kind, name, made)
  if (fault !== null) throw badShape({ ...contribution, name }, fault)
  return made
}

async function runFactory(plugin: Plugin, contribution: Contribution, name: string): Promise<unknown> {
  try {
    const factory = await plugin.factory(contribution)
    if (typeof factory !== 'function') throw new TypeError('the factory that its manifest names is not exported')
    return await (contribution.kind === 'hashes' ? factory(name) : factory())
  } catch (error) {
    // A name that fits the pattern of a plugin and is none of its own is whoever's who asks.
    if (isRoarError(error) && /^ROAR_(?:PLUGIN|HASH_UNKNOWN$)/.test(error.code)) throw error
    throw failedPlugin({ ...contribution, name }, error, 'could not give')
  }
}

/** `how`: what the plugin did with its contribution. */
export function failedPlugin(
  { kind, name, plugin }: Contribution,
  error: unknown,
  how: 'could not give' | 'failed in',
): RoarError {
  const cause = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
  const wrapped = new RoarError('ROAR_PLUGIN_FAILED', `${plugin} ${how} its ${contributionNames[kind]} '${name}'`, {
    cause,
    remedy: isRoarError(error) ? error.remedy : ['roar plugin check', `roar plugin remove ${plugin}`],
    data: { plugin, kind, name },
  })
  // Its stack is what the plugin's author needs.
  wrapped.cause = error
  return wrapped
}

const badShape = ({ kind, name, plugin }: Contribution, fault: string): RoarError =>
  new RoarError(
    'ROAR_PLUGIN_SHAPE',
    `the ${contributionNames[kind]} '${name}' of ${plugin} does not keep its contract: ${fault}`,
    {
      cause: 'What a factory returns must have the members that @roar/core’s contracts.ts asks for.',
      remedy: [`Tell the author of ${plugin}`, `roar plugin remove ${plugin}`],
      data: { plugin, kind, name },
    },
  )
