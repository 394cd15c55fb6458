// The bare question that a lineage comes down to.
import { depth } from './rows.mjs'

/** `parameter`: SQL of the artifact to start from. */
export const recursion = (parameter) => `WITH RECURSIVE up(artifact, depth) AS (
  SELECT ${parameter}, 0 UNION
  SELECT i.artifact, up.depth + 1 FROM up JOIN edges o ON o.artifact = up.artifact AND o.role = 1
  JOIN edges i ON i.job = o.job AND i.role = 0 WHERE up.depth < ${depth + 1})
SELECT a.*, up.depth FROM up JOIN artifacts a ON a.id = up.artifact`
