/**
 * The plugins that come with roar, and what is in each, so that a manifest is read where it can matter. They are loaded by the same path as a
 * stranger's.
 */
import type { Builtin } from '@roar/host'

export const builtinPlugins: readonly Builtin[] = [
  { name: '@roar/store-sql', kinds: ['stores'] },
  { name: '@roar/tracer-preload', kinds: ['tracers'] },
  { name: '@roar/tracer-ptrace', kinds: ['tracers'] },
  { name: '@roar/tracer-hybrid', kinds: ['tracers'] },
  { name: '@roar/tracer-ebpf', kinds: ['tracers'] },
  { name: '@roar/hash-blake3', kinds: ['hashes'] },
  { name: '@roar/hash-sha256', kinds: ['hashes'] },
  { name: '@roar/hash-further', kinds: ['hashes'] },
  { name: '@roar/artifact-detectors', kinds: ['detectors'] },
  { name: '@roar/composite-detectors', kinds: ['detectors'] },
  { name: '@roar/registry-client', kinds: ['registries'] },
  { name: '@roar/content-comparers', kinds: ['comparers'] },
  { name: '@roar/exporters', kinds: ['exporters'] },
  { name: '@roar/storage-http', kinds: ['storages'] },
  { name: '@roar/storage-s3', kinds: ['storages'] },
]
