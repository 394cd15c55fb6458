/** All of roar for a program that embeds it: the services of the command line, without one. */
import { dirname, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  type DigestCache,
  fromString,
  type HashedFile,
  type HashService,
  type LineageStore,
  type RunResult,
} from '@roar/core'
import { createCompositePort } from './composites/composite-port.ts'
import type { Config } from './config/config.ts'
import { loadConfig } from './config/load-config.ts'
import { redactionOf } from './environment/environment-port.ts'
import { createHashService } from './hashing/hash-service.ts'
import type { InlinePlugin } from './plugins/plugin.ts'
import { PluginHost } from './plugins/plugin-host.ts'
import { type EmbeddedRun, embeddedRun } from './run/embedded-run.ts'
import { redactingStore } from './secrets/redacting-store.ts'
import { findWorkspace, requireWorkspace } from './workspace/find-workspace.ts'
import { requireDatabase } from './workspace/require-database.ts'
import type { Workspace } from './workspace/workspace.ts'

/** What an embedding program brings along. */
export interface RoarOptions {
  /** Names of installed packages, folders (`./mine`), or objects of the program itself. The workspace's own plugins are added. */
  readonly plugins: readonly (string | InlinePlugin)[]
  /** In or below the workspace; the current directory if not given. */
  readonly directory?: string
  /** Where packages are sought from: usually `import.meta.url` of the program. The current directory if not given. */
  readonly from?: string
  /** Settings that come before all others: `{ 'hash.primary': 'sha256' }`. */
  readonly settings?: Readonly<Record<string, unknown>>
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Remembers digests of files that have not changed: `openDigestCache` of @roar/store-sql. Without it every file is read each time. */
  readonly digestCache?: () => Promise<DigestCache>
}

type DigestCacheOpener = (() => Promise<DigestCache>) | null

/** Everything that the command line does, as functions. */
export interface Roar {
  /** null outside of a workspace: hashing works, running and the store do not. */
  readonly workspace: Workspace | null
  readonly config: Config
  readonly plugins: PluginHost
  /** Observes and records a command. */
  run(run: EmbeddedRun): Promise<RunResult>
  /** Digests of files, in the order asked; by the primary algorithm if none is named. */
  hash(paths: readonly string[], algorithms?: readonly string[]): Promise<readonly HashedFile[]>
  /** The workspace's record; `read` takes no lock. Opened once, closed by `close`. */
  store(mode?: 'read' | 'write'): Promise<LineageStore>
  close(): Promise<void>
}

/** Throws ROAR_CONFIG_… and ROAR_PLUGIN_… where settings or plugins are at fault. Close it: it holds the database and threads. */
export async function createRoar(options: RoarOptions): Promise<Roar> {
  const { env = process.env, settings = {}, directory = process.cwd() } = options
  const workspace = findWorkspace(resolve(directory))
  const config = await loadConfig({ workspace, env, options: settings })
  const plugins = await PluginHost.create({
    builtins: options.plugins.filter((one) => typeof one === 'string'),
    inline: options.plugins.filter((one) => typeof one !== 'string'),
    workspace,
    config,
    installedAt: searchPlaces(options.from),
  })
  return new EmbeddedRoar(workspace, config, plugins, resolve(directory), env, options.digestCache ?? null)
}

/** Its own dependencies may lie beside this package rather than beside the program. */
function searchPlaces(from: string | undefined): readonly string[] {
  const own = dirname(fileURLToPath(import.meta.url))
  if (from === undefined) return [process.cwd(), own]
  return [from.startsWith('file:') ? dirname(fileURLToPath(from)) : resolve(from), own]
}

class EmbeddedRoar implements Roar {
  readonly workspace: Workspace | null
  readonly config: Config
  readonly plugins: PluginHost
  readonly #directory: string
  readonly #env: NonNullable<RoarOptions['env']>
  readonly #digestCache: DigestCacheOpener
  readonly #stores = new Map<string, Promise<LineageStore>>()
  #hashes: HashService | null = null

  constructor(
    workspace: Workspace | null,
    config: Config,
    plugins: PluginHost,
    directory: string,
    env: NonNullable<RoarOptions['env']>,
    digestCache: DigestCacheOpener,
  ) {
    this.workspace = workspace
    this.config = config
    this.plugins = plugins
    this.#directory = directory
    this.#env = env
    this.#digestCache = digestCache
  }

  async run(run: EmbeddedRun): Promise<RunResult> {
    const workspace = requireWorkspace(this.#directory)
    const [store, hashes] = [await this.store('write'), this.#hashService()]
    const composites = () => this.#compositePort()
    const room = { workspace, config: this.config, plugins: this.plugins, store, hashes, composites }
    return embeddedRun(room, { cwd: this.#directory, ...run })
  }

  async hash(paths: readonly string[], algorithms?: readonly string[]): Promise<readonly HashedFile[]> {
    const absolute = paths.map((path) => fromString(resolve(this.#directory, path)))
    const wanted = algorithms ?? [this.config.get('hash.primary')]
    return this.#hashService().hash(absolute, { algorithms: wanted })
  }

  store(mode: 'read' | 'write' = 'read'): Promise<LineageStore> {
    let opened = this.#stores.get(mode)
    if (opened === undefined) {
      opened = this.#openStore(mode)
      this.#stores.set(mode, opened)
    }
    return opened
  }

  async close(): Promise<void> {
    const opened = [...this.#stores.values(), this.#hashes]
    this.#stores.clear()
    this.#hashes = null
    // What could not be opened needs no closing; whoever asked for it has had its error.
    for (const one of await Promise.allSettled(opened)) if (one.status === 'fulfilled') await one.value?.close()
  }

  async #openStore(mode: 'read' | 'write'): Promise<LineageStore> {
    const workspace = requireWorkspace(this.#directory)
    const driver = await this.plugins.load('stores', 'sqlite')
    requireDatabase(workspace)
    const store = await driver.open(workspace.database, { mode })
    return mode === 'read' ? store : redactingStore(store, redactionOf(this.config, this.#env))
  }

  async #compositePort() {
    // As the digest cache: an embedding program decides what is kept in the user's home.
    return createCompositePort({ algorithm: (name) => this.plugins.load('hashes', name), cache: null })
  }

  #hashService(): HashService {
    this.#hashes ??= createHashService({
      algorithm: (name) => this.plugins.load('hashes', name),
      source: (name) => this.plugins.source('hashes', name),
      cache: this.#digestCache,
    })
    return this.#hashes
  }
}
