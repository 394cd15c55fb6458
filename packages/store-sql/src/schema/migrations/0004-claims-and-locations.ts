/** Who says that a content has a digest; where a content lies besides in files; jobs that move data. */
export const claimsAndLocations: readonly string[] = [
  "ALTER TABLE digests ADD COLUMN claim TEXT NOT NULL DEFAULT 'verified'",
  "CREATE INDEX digests_unverified ON digests (artifact_id) WHERE claim <> 'verified'",
  'ALTER TABLE jobs ADD COLUMN verb TEXT',
  'CREATE INDEX jobs_by_verb ON jobs (verb) WHERE verb IS NOT NULL',
  `CREATE TABLE artifact_locations (
    artifact_id INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    url TEXT NOT NULL,
    endpoint TEXT,
    version_id TEXT,
    etag TEXT,
    seen_at INTEGER NOT NULL,
    PRIMARY KEY (artifact_id, url, job_id)
  ) WITHOUT ROWID`,
  'CREATE INDEX artifact_locations_by_job ON artifact_locations (job_id)',
  'CREATE INDEX artifact_locations_by_etag ON artifact_locations (etag) WHERE etag IS NOT NULL',
]
