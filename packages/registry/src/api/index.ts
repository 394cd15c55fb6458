/**
 * The registry's API as data: JSON Schemas (TypeBox) and the types that follow from them. The server validates requests with these very
 * schemas and makes its OpenAPI document of them; a client imports the types.
 */
export * from './claims.ts'
export * from './errors.ts'
export * from './identity.ts'
export * from './labels.ts'
export * from './lineage.ts'
export * from './registration.ts'
export * from './reproduction.ts'
export * from './service.ts'
export * from './words.ts'
