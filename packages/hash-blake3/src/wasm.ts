/** The npm package `blake3` on WebAssembly: works everywhere, at some 0.4 GB/s. Its native part is never installed, so it is not looked for. */
import { createRequire } from 'node:module'
import type { HashAlgorithm, Hasher } from '@roar/core'

interface WasmHash {
  update(data: Uint8Array): WasmHash
  digest(): Uint8Array
}

let create: (() => WasmHash) | null = null

/** Loaded when the first hasher is made: 3 ms that most runs never need. */
function wasmHash(): WasmHash {
  create ??= (createRequire(import.meta.url)('blake3') as { createHash(): WasmHash }).createHash
  return create()
}

export const createWasmHash = (): HashAlgorithm => ({
  name: 'blake3',
  digestLength: 32,
  create: makeHasher,
  files: null,
})

function makeHasher(): Hasher {
  const hash = wasmHash()
  return {
    update: (chunk) => {
      hash.update(chunk)
    },
    digest: () => new Uint8Array(hash.digest()),
  }
}
