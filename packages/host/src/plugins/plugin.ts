/** A plugin as the host holds it, wherever it came from: a package, or an object of the embedding program. */
import type { ContributionKind, Contributions } from '@roar/core'
import { contributionKinds, type PackageManifest } from './manifest.ts'
import { entryOf, importPackage } from './package-entry.ts'
import { holdToLock } from './plugin-lock.ts'

/** A plugin that is no package: the embedding program's own objects. */
export interface InlinePlugin {
  readonly name: string
  readonly version?: string
  readonly contributes: {
    readonly [K in ContributionKind]?: readonly {
      readonly name: string
      readonly create: Contributions[K]
      /** Detectors: lower comes first; default 500. */
      readonly order?: number
    }[]
  }
}

export interface Contribution {
  readonly kind: ContributionKind
  readonly name: string
  readonly order: number
  /** Of a detector: it only forms composites. */
  readonly composites: boolean
  readonly sockets: readonly string[]
  readonly socketVariable: string | null
  /** The package that owns it. */
  readonly plugin: string
}

export interface Plugin {
  readonly name: string
  readonly version: string
  readonly builtin: boolean
  /** The package's folder; '(program)' for objects of the embedding program. */
  readonly location: string
  readonly contributes: readonly Contribution[]
  /** Imports the plugin, if it is one that has to be, and gives the factory. */
  factory(contribution: Contribution): Promise<unknown>
  /** Where another thread finds that factory; absent for objects of the embedding program. */
  source?(contribution: Contribution): FactorySource
}

export interface FactorySource {
  /** Absolute. */
  readonly file: string
  /** The factory's export name. */
  readonly export: string
  /** What the factory is asked for. */
  readonly name: string
}

export const defaultOrder = 500

export function packagePlugin(manifest: PackageManifest, builtin: boolean, lockFile: string | null): Plugin {
  const { name, version, directory } = manifest
  let module: Promise<Readonly<Record<string, unknown>>> | null = null
  const exportOf = ({ kind, name }: Contribution) =>
    manifest.contributes[kind]?.find((one) => one.name === name)?.export as string
  const load = async () => {
    if (lockFile !== null) holdToLock(manifest, lockFile)
    return importPackage(manifest)
  }
  return {
    name,
    version,
    builtin,
    location: directory,
    contributes: contributionsOf(name, manifest.contributes),
    source: (contribution) => ({
      file: entryOf(manifest),
      export: exportOf(contribution),
      name: contribution.name,
    }),
    async factory(contribution) {
      module ??= load()
      const wanted = exportOf(contribution)
      const exported = await module
      return exported[wanted] ?? (exported.default as Readonly<Record<string, unknown>> | undefined)?.[wanted]
    },
  }
}

export function inlinePlugin(plugin: InlinePlugin): Plugin {
  return {
    name: plugin.name,
    version: plugin.version ?? '0.0.0',
    builtin: false,
    location: '(program)',
    contributes: contributionsOf(plugin.name, plugin.contributes),
    factory: async ({ kind, name }) => plugin.contributes[kind]?.find((one) => one.name === name)?.create,
  }
}

interface Named {
  readonly name: string
  readonly order?: number
  readonly composites?: boolean
  readonly sockets?: readonly string[]
  readonly socketVariable?: string
}
type Contributed = { readonly [K in ContributionKind]?: readonly Named[] }

const contributionsOf = (plugin: string, contributes: Contributed): readonly Contribution[] =>
  contributionKinds.flatMap((kind) =>
    (contributes[kind] ?? []).map((one) => ({
      kind,
      name: one.name,
      order: one.order ?? defaultOrder,
      composites: one.composites ?? false,
      sockets: one.sockets ?? [],
      socketVariable: one.socketVariable ?? null,
      plugin,
    })),
  )
