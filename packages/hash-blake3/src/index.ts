/** BLAKE3: the addon where it was built, WebAssembly elsewhere. */
export { createHash } from './create-hash.ts'
export { createWasmHash } from './wasm.ts'
