/** Recipes, plans, their performance, and verdicts. */
export * from './judge/index.ts'
export * from './perform/index.ts'
export * from './places.ts'
export * from './plan/index.ts'
export * from './recipe/index.ts'
export * from './room.ts'
