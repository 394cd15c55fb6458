/** The suites that plugins must pass, for the tests of whoever writes one. */

export * from './detector.ts'
export * from './hash.ts'
export { type RandomSuiteOptions, randomSuite } from './random/suite.ts'
export * from './storage.ts'
export * from './store.ts'
export * from './tracer/case-file.ts'
export * from './tracer/harness.ts'
export { type Disk, reflinkDisk } from './tracer/reflink-disk.ts'
export * from './tracer/suite.ts'
export * from './tracer/summary.ts'
