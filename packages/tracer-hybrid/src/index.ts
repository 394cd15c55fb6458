/** The hybrid tracer: the preload library inside the processes that take it, a supervisor for everything that passes it by. */
export { createTracer } from './create-tracer.ts'
