/** Verdicts: the words, and how they are found. */
export * from './judge-step.ts'
export * from './verdict.ts'
