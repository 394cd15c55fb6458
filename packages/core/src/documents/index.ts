/** The JSON documents of roar: pure functions from the store's rows. Their schemas are in `schemas/`. */
export * from './artifact-document.ts'
export * from './dag-document.ts'
export * from './error-document.ts'
export * from './instant.ts'
export * from './job-document.ts'
export * from './path-fields.ts'
export * from './session-document.ts'
export * from './step-name.ts'
