/** The kernel's tracer: observes a process tree by programs in the kernel that a small daemon keeps loaded. */
export { createTracer } from './create-tracer.ts'
