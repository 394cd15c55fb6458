/**
 * Every query of the store, by name. Kysely writes and checks them while roar is built, and scripts/statements.mjs keeps their texts in
 * generated/statements.ts: at run time nothing of this folder is loaded, but for what is asked with conditions of all kinds (read/restricted-jobs.ts).
 */
import { annotationQueries } from './annotations.ts'
import { artifactQueries } from './artifacts.ts'
import { crowdQueries } from './crowds.ts'
import { edgeQueries } from './edges.ts'
import { environmentQueries } from './environments.ts'
import { graphQueries } from './graph.ts'
import { jobListQueries } from './job-lists.ts'
import { jobQueries } from './jobs.ts'
import { memberQueries } from './members.ts'
import { outcomeQueries } from './outcomes.ts'
import { packageQueries } from './packages.ts'
import { receiptQueries } from './receipts.ts'
import { sessionQueries } from './sessions.ts'

export const queries = {
  ...annotationQueries,
  ...artifactQueries,
  ...crowdQueries,
  ...edgeQueries,
  ...environmentQueries,
  ...graphQueries,
  ...jobListQueries,
  ...jobQueries,
  ...memberQueries,
  ...outcomeQueries,
  ...packageQueries,
  ...receiptQueries,
  ...sessionQueries,
}
