/** The GLaaS registry, for programs that serve it. */
export * from './api/index.ts'
