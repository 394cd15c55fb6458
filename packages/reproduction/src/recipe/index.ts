/** Recipes: their shape, and where they come from. */
export * from './carried.ts'
export * from './from-records.ts'
export * from './from-registry.ts'
export * from './machine-variables.ts'
export * from './order-steps.ts'
export * from './recipe.ts'
export * from './relocate.ts'
export * from './workspace-prefix.ts'
