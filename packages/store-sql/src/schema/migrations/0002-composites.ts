/** Version 2: the members of composites, in pages that versions of one share, and what a job found of them. */
export const composites: readonly string[] = [
  // A page is known by the root of its subtree: a version that differs in one member adds one page.
  `CREATE TABLE manifest_pages (
    id INTEGER PRIMARY KEY,
    root TEXT NOT NULL UNIQUE,
    members INTEGER NOT NULL,
    first BLOB NOT NULL,
    data BLOB NOT NULL
  )`,
  `CREATE TABLE artifact_pages (
    artifact_id INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    place INTEGER NOT NULL,
    page_id INTEGER NOT NULL REFERENCES manifest_pages (id),
    PRIMARY KEY (artifact_id, place)
  ) WITHOUT ROWID`,
  'CREATE INDEX artifact_pages_by_page ON artifact_pages (page_id)',
  `CREATE TABLE edge_composites (
    job_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    incomplete TEXT,
    part_members INTEGER,
    part_size INTEGER,
    part_root TEXT,
    PRIMARY KEY (job_id, ordinal),
    FOREIGN KEY (job_id, ordinal) REFERENCES edges (job_id, ordinal) ON DELETE CASCADE
  ) WITHOUT ROWID`,
  `CREATE TABLE edge_pages (
    job_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    place INTEGER NOT NULL,
    page_id INTEGER NOT NULL REFERENCES manifest_pages (id),
    PRIMARY KEY (job_id, ordinal, place),
    FOREIGN KEY (job_id, ordinal) REFERENCES edges (job_id, ordinal) ON DELETE CASCADE
  ) WITHOUT ROWID`,
  'CREATE INDEX edge_pages_by_page ON edge_pages (page_id)',
]
