/** What was published and how far it came, and the notes and marks that people put on sessions, jobs and artifacts. */
export const registrations: readonly string[] = [
  `CREATE TABLE registrations (
    publication TEXT NOT NULL,
    registry TEXT NOT NULL,
    staged TEXT NOT NULL,
    token TEXT,
    sent INTEGER NOT NULL,
    cut TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    finished_at INTEGER,
    session_hash TEXT,
    session_url TEXT,
    PRIMARY KEY (publication, registry)
  ) WITHOUT ROWID`,
  // Nothing is rewritten: what holds now is the last change of each name, or the sum of the marks put and taken away.
  `CREATE TABLE annotations (
    id INTEGER PRIMARY KEY,
    session_id INTEGER REFERENCES sessions (id) ON DELETE CASCADE,
    job_id INTEGER REFERENCES jobs (id) ON DELETE CASCADE,
    artifact_id INTEGER REFERENCES artifacts (id) ON DELETE CASCADE,
    change TEXT NOT NULL,
    name TEXT NOT NULL,
    value TEXT,
    at INTEGER NOT NULL
  )`,
  'CREATE INDEX annotations_by_session ON annotations (session_id, id) WHERE session_id IS NOT NULL',
  'CREATE INDEX annotations_by_job ON annotations (job_id, id) WHERE job_id IS NOT NULL',
  'CREATE INDEX annotations_by_artifact ON annotations (artifact_id, id) WHERE artifact_id IS NOT NULL',
]
