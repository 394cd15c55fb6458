/** What commands may ask for. They see this page, never the container behind it. */
import type { CompositePort, EnvironmentPort, FilePort, GitPort, HashService, LineageStore } from '@roar/core'
import type { Config, PluginHost, Streams, Workspace } from '@roar/host'

export interface Start {
  /** Where the user is, or says to be (`-C`). */
  readonly directory: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/** Made at most once a process, when first asked for. */
export interface Registrations {
  readonly directory: string
  readonly env: Start['env']
  /** Null outside of one. */
  readonly workspaceHere: Workspace | null
  /** Rejects with ROAR_WORKSPACE_MISSING outside of one. */
  readonly workspace: Promise<Workspace>
  /** Outside of a workspace the user's alone, and the plugins that are built in. */
  readonly config: Promise<Config>
  readonly plugins: Promise<PluginHost>
  /** Opened for reading: takes no lock and changes nothing. */
  readonly storeReader: Promise<LineageStore>
  readonly storeWriter: Promise<LineageStore>
  readonly git: Promise<GitPort>
  readonly files: Promise<FilePort>
  readonly environment: Promise<EnvironmentPort>
  /** Which files are behind the standard streams of a command. */
  readonly streams: Streams
  readonly hashes: Promise<HashService>
  /** Null where no BLAKE3 is active. */
  readonly composites: Promise<CompositePort | null>
}

export interface Services {
  get<K extends keyof Registrations>(name: K): Registrations[K]
  /** The same for another directory; closed with this one. */
  at(directory: string): Services
  /** Closes what was opened. */
  close(): Promise<void>
}
