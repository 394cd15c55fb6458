/** Plans: what would be done, where everything is to be had, what is missing. */
export * from './find-content.ts'
export * from './make-plan.ts'
export * from './plan.ts'
export * from './script.ts'
