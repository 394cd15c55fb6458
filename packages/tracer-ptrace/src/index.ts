/** The supervising tracer: observes a process tree from outside, through system calls that stop for it. */
export { createTracer } from './create-tracer.ts'
