/** The algorithm's entry in the registry of hashes. */
import type { HashAlgorithm } from '@roar/core'
import { loadAddon } from './addon.ts'
import { addonFiles } from './addon-files.ts'
import { createWasmHash } from './wasm.ts'

export function createHash(): HashAlgorithm {
  const addon = loadAddon()
  return { ...createWasmHash(), files: addon && addonFiles(addon) }
}
