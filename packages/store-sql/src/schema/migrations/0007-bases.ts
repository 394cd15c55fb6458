/**
 * What outputs were built on without being read: the name at which the content stood before the job, and who had made it. `whole`: of an input, that its
 * bases are all that is known of it; of an output, that the job has read it, too.
 */
export const bases: readonly string[] = [
  `CREATE TABLE edge_bases (
    job_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    producer_job_id INTEGER REFERENCES jobs (id) ON DELETE SET NULL,
    whole INTEGER NOT NULL,
    PRIMARY KEY (job_id, ordinal, path_id),
    FOREIGN KEY (job_id, ordinal) REFERENCES edges (job_id, ordinal) ON DELETE CASCADE
  ) WITHOUT ROWID`,
  'CREATE INDEX edge_bases_by_producer ON edge_bases (producer_job_id) WHERE producer_job_id IS NOT NULL',
]
