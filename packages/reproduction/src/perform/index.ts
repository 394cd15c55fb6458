/** Performing: each step under roar, in order, with what it needs. */
export * from './reproduce.ts'
export * from './state.ts'
