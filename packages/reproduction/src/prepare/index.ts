/** Preparing: the clone, its environments, the inputs. */
export * from './checkout.ts'
export * from './clone.ts'
export * from './conda.ts'
export * from './environment.ts'
export * from './hold-inputs.ts'
export * from './inputs.ts'
export * from './node.ts'
export * from './python.ts'
