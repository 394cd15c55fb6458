/** The native part: a Node-API addon over the official Rust crate, one file for each platform. */
import { createRequire } from 'node:module'
import { nativeFile } from '@roar/native'

export interface Addon {
  /** Files of `below` bytes or more are not read. */
  readonly HashJob: new (
    paths: Buffer,
    /** Names with commas between. */
    algorithms: string,
    threads: number,
    below: number,
    background: boolean,
  ) => NativeJob
  readonly Hasher: new () => NativeHasher
  /** As native/src/scan.rs writes it. `root` ends in a NUL byte. */
  scanTree(root: Buffer, threads: number): Promise<Buffer>
  /** As native/src/revisit.rs writes it. */
  revisitTree(
    root: Buffer,
    records: Buffer,
    paths: Buffer,
    directoryRecords: Buffer,
    directoryPaths: Buffer,
    threads: number,
  ): Promise<Buffer>
  flatDigest(paths: Uint8Array, chosen: Uint8Array, digests: Uint8Array, sha256: boolean): Buffer
  /** `ends`: u32 little-endian. */
  hashEach(data: Uint8Array, ends: Uint8Array): Buffer
  readonly Hashers: new (algorithms: string, size: number) => NativeHashers
  knownAlgorithm(name: string): boolean
}

export interface NativeHashers {
  update(chunk: Uint8Array): void
  updateBeside(chunk: Uint8Array): Promise<void>
  /** The digests one behind the other. */
  digest(): Buffer
}

export interface NativeJob {
  run(): Promise<Buffer>
  /** Bytes of one file's result. */
  readonly recordSize: number
  readonly bytes: number
  cancel(): void
}

export interface NativeHasher {
  update(chunk: Uint8Array): void
  /** Begins anew. */
  digest(): Buffer
}

let loaded: Addon | null | undefined

/** Null where it was not built for this platform, or cannot be loaded: built for glibc and run on musl, or for a newer glibc. */
export function loadAddon(): Addon | null {
  if (loaded === undefined) loaded = requireAddon()
  return loaded
}

function requireAddon(): Addon | null {
  const path = nativeFile('roar-blake3.node')
  if (path === null) return null
  try {
    return createRequire(import.meta.url)(path) as Addon
  } catch {
    return null
  }
}
