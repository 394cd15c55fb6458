/** The API alone, for clients: schemas and types, without the server. */
export * from './api/index.ts'
