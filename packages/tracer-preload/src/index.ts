/** The preload tracer: observes a process tree from inside, through a shared object that the loader puts in front of libc. */
export { createTracer } from './create-tracer.ts'
