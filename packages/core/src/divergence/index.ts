/** Comparing jobs and lineages: what differs, where it began, and why. */
export * from './compare-jobs.ts'
export * from './find-divergence.ts'
export * from './match-jobs.ts'
