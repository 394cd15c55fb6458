/** The native part: a Node-API addon over the official Rust crate, one file for each platform. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'

export interface Addon {
  readonly HashJob: new (paths: Buffer, threads: number) => NativeJob
  recordSize(): number
}

export interface NativeJob {
  run(): Promise<Buffer>
  readonly bytes: number
  cancel(): void
}

/** Null where it was not built for this platform. */
export function loadAddon(): Addon | null {
  const name = `${process.platform}-${process.arch}`
  const path = fileURLToPath(new URL(`../native/build/${name}/roar-blake3.node`, import.meta.url))
  return existsSync(path) ? (createRequire(import.meta.url)(path) as Addon) : null
}
