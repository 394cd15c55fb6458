/** Questions to a session's graph: what is stale, what lies upstream and downstream, and how it is drawn. */
export * from './executions.ts'
export * from './flow.ts'
export * from './flow-graph.ts'
export * from './marks.ts'
export * from './reach.ts'
export * from './staleness.ts'
