export * from './events.ts'
export * from './schema.ts'
