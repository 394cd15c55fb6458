/** The preload tracer: observes a process tree from inside, through a shared object that the loader puts in front of libc. */
export { createTracer } from './create-tracer.ts'
export { inspectTarget, type Target } from './inspect-target.ts'
export { preloadable } from './library.ts'
export { startRequest } from './start-request.ts'
