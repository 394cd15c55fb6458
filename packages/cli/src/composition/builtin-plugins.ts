/** The plugins that come with roar. They are loaded by the same path as a stranger's. */
export const builtinPlugins: readonly string[] = [
  '@roar/store-sql',
  '@roar/tracer-preload',
  '@roar/tracer-ptrace',
  '@roar/tracer-hybrid',
  '@roar/tracer-ebpf',
  '@roar/hash-blake3',
  '@roar/hash-sha256',
  '@roar/hash-further',
  '@roar/artifact-detectors',
  '@roar/composite-detectors',
  '@roar/registry-client',
  '@roar/content-comparers',
  '@roar/exporters',
  '@roar/storage-http',
  '@roar/storage-s3',
]
