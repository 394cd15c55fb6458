/** Each native part, and where a clone's build puts it, below `packages`. `*` is the platform. */
export const makers = {
  'libroar-preload.so': 'tracer-preload/native/build/*',
  'libroar-preload.dylib': 'tracer-preload/native/build/*',
  'roar-ptrace': 'tracer-ptrace/native/build/*',
  'roar-ebpf': 'tracer-ebpf/native/build/*',
  roard: 'tracer-ebpf/native/build/*',
  'roar-blake3.node': 'hash-blake3/native/build/*',
} as const

export type NativeFile = keyof typeof makers
