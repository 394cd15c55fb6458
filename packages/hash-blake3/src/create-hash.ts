/** The algorithm's entry in the registry of hashes. The addon is loaded at its first use: listing the algorithms costs nothing. */
import type { HashAlgorithm, Hasher, HashesTogether } from '@roar/core'
import { type Addon, loadAddon, type NativeHasher } from './addon.ts'
import { addonFiles } from './addon-files.ts'
import { createWasmHash } from './wasm.ts'

export function createHash(): HashAlgorithm {
  const wasm = createWasmHash()
  /** Begun anew by their digest; as many as were ever used at a time. */
  const spare: NativeHasher[] = []
  return {
    ...wasm,
    create() {
      const addon = loadAddon()
      return addon ? nativeHasher(spare.pop() ?? new addon.Hasher(), spare) : wasm.create()
    },
    hashEach(data, ends) {
      const addon = loadAddon()
      return addon ? addon.hashEach(data, littleEndian(ends)) : oneByOne(wasm, data, ends)
    },
    get files() {
      const addon = loadAddon()
      return addon && addonFiles(addon, ['blake3'])
    },
    together(names) {
      const addon = loadAddon()
      return addon && names.every((name) => addon.knownAlgorithm(name)) ? addonTogether(addon, names) : null
    },
  }
}

const addonTogether = (addon: Addon, names: readonly string[]): HashesTogether => ({
  ...addonFiles(addon, names),
  create: (size) => new addon.Hashers(names.join(), size),
})

/** Every platform of Node's is little-endian. */
const littleEndian = (ends: Uint32Array): Uint8Array => new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength)

function oneByOne({ create, digestLength }: HashAlgorithm, data: Uint8Array, ends: Uint32Array): Uint8Array {
  const digests = new Uint8Array(ends.length * digestLength)
  let start = 0
  ends.forEach((end, i) => {
    const hasher = create()
    hasher.update(data.subarray(start, end))
    digests.set(hasher.digest(), i * digestLength)
    start = end
  })
  return digests
}

const nativeHasher = (hasher: NativeHasher, spare: NativeHasher[]): Hasher => ({
  update: (chunk) => hasher.update(chunk),
  digest() {
    const digest = hasher.digest()
    spare.push(hasher)
    return digest
  },
})
