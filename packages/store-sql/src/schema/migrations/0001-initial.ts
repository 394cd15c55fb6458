/** Version 1: sessions, steps, jobs, artifacts and the edges between them. docs/schema.md is drawn from these tables. */
export const initial: readonly string[] = [
  `CREATE TABLE sessions (
    id INTEGER PRIMARY KEY,
    hash TEXT NOT NULL UNIQUE,
    started_at INTEGER NOT NULL,
    current INTEGER NOT NULL
  )`,
  'CREATE INDEX sessions_current ON sessions (id) WHERE current = 1',
  `CREATE TABLE steps (
    id INTEGER PRIMARY KEY,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    number INTEGER NOT NULL,
    name TEXT,
    command_key TEXT NOT NULL,
    UNIQUE (session_id, kind, number)
  )`,
  'CREATE INDEX steps_by_key ON steps (session_id, kind, command_key)',
  'CREATE INDEX steps_by_name ON steps (session_id, kind, name) WHERE name IS NOT NULL',
  `CREATE TABLE environments (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    os TEXT NOT NULL,
    hardware TEXT NOT NULL,
    runtime TEXT NOT NULL,
    hostname TEXT NOT NULL
  )`,
  `CREATE TABLE environment_variables (
    environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (environment_id, name)
  ) WITHOUT ROWID`,
  `CREATE TABLE paths (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    escaped INTEGER NOT NULL,
    UNIQUE (path, escaped)
  )`,
  `CREATE TABLE filtered_sets (
    id INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE
  )`,
  `CREATE TABLE filtered_paths (
    set_id INTEGER NOT NULL REFERENCES filtered_sets (id) ON DELETE CASCADE,
    category TEXT NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    PRIMARY KEY (set_id, category, path_id)
  ) WITHOUT ROWID`,
  `CREATE TABLE jobs (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    session_id INTEGER NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
    step_id INTEGER NOT NULL REFERENCES steps (id),
    execution INTEGER NOT NULL,
    name TEXT,
    status TEXT NOT NULL,
    argv TEXT NOT NULL,
    command TEXT NOT NULL,
    cwd TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    duration_ms INTEGER,
    exit_code INTEGER,
    signal TEXT,
    in_git INTEGER NOT NULL,
    git_root TEXT,
    repository TEXT,
    branch TEXT,
    commit_id TEXT,
    dirty INTEGER NOT NULL,
    detached INTEGER NOT NULL,
    shallow INTEGER NOT NULL,
    sparse INTEGER NOT NULL,
    linked_worktree INTEGER NOT NULL,
    trace_log TEXT,
    recorder_pid INTEGER,
    recorder_start TEXT,
    tracer TEXT,
    tracer_version TEXT,
    tracer_reason TEXT,
    lost INTEGER NOT NULL,
    complete INTEGER NOT NULL,
    inputs INTEGER NOT NULL,
    outputs INTEGER NOT NULL,
    environment_id INTEGER REFERENCES environments (id),
    filtered_set_id INTEGER REFERENCES filtered_sets (id),
    setup_ms REAL,
    child_ms REAL,
    observe_ms REAL,
    hash_ms REAL,
    record_ms REAL
  )`,
  'CREATE INDEX jobs_by_session ON jobs (session_id, id)',
  'CREATE INDEX jobs_by_step ON jobs (step_id, execution)',
  'CREATE INDEX jobs_by_start ON jobs (started_at)',
  'CREATE INDEX jobs_by_status ON jobs (status)',
  'CREATE INDEX jobs_dirty ON jobs (id) WHERE dirty = 1',
  `CREATE TABLE job_tags (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job_id, name)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_dirty_files (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    path TEXT NOT NULL,
    status TEXT NOT NULL,
    PRIMARY KEY (job_id, ordinal)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_submodules (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    path TEXT NOT NULL,
    commit_id TEXT NOT NULL,
    dirty INTEGER NOT NULL,
    PRIMARY KEY (job_id, path)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_gaps (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    count INTEGER NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (job_id, ordinal)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_processes (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    parent INTEGER,
    argv TEXT NOT NULL,
    executable_id INTEGER REFERENCES paths (id),
    cwd_id INTEGER REFERENCES paths (id),
    exit_code INTEGER,
    signal TEXT,
    seen_by TEXT,
    PRIMARY KEY (job_id, ordinal)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_notes (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (job_id, ordinal)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_survivors (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    pid INTEGER NOT NULL,
    PRIMARY KEY (job_id, pid)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_deleted (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    PRIMARY KEY (job_id, ordinal)
  ) WITHOUT ROWID`,
  `CREATE TABLE packages (
    id INTEGER PRIMARY KEY,
    ecosystem TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (ecosystem, name, version)
  )`,
  `CREATE TABLE job_packages (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    package_id INTEGER NOT NULL REFERENCES packages (id),
    PRIMARY KEY (job_id, package_id)
  ) WITHOUT ROWID`,
  `CREATE TABLE job_filtered (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    category TEXT NOT NULL,
    count INTEGER NOT NULL,
    PRIMARY KEY (job_id, category)
  ) WITHOUT ROWID`,
  `CREATE TABLE artifacts (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    format TEXT,
    members INTEGER,
    size INTEGER,
    first_seen INTEGER NOT NULL
  )`,
  // No digest belongs to two artifacts, unless a weak algorithm collides: then a stronger one tells them apart, and both keep it.
  `CREATE TABLE digests (
    value TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    artifact_id INTEGER NOT NULL REFERENCES artifacts (id) ON DELETE CASCADE,
    PRIMARY KEY (value, algorithm, artifact_id)
  ) WITHOUT ROWID`,
  'CREATE INDEX digests_by_artifact ON digests (artifact_id, algorithm)',
  // The rows of a job lie together, and every index ends in (job_id, ordinal): "the newest use of …" is its last entry, however many there are.
  `CREATE TABLE edges (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    role TEXT NOT NULL,
    artifact_id INTEGER REFERENCES artifacts (id),
    path_id INTEGER NOT NULL REFERENCES paths (id),
    size INTEGER,
    reason TEXT,
    access INTEGER NOT NULL,
    sourced TEXT NOT NULL,
    in_commit INTEGER NOT NULL,
    code INTEGER NOT NULL,
    producer_job_id INTEGER REFERENCES jobs (id) ON DELETE SET NULL,
    kind TEXT,
    format TEXT,
    members INTEGER,
    PRIMARY KEY (job_id, ordinal)
  ) WITHOUT ROWID`,
  'CREATE INDEX edges_by_artifact ON edges (artifact_id, role)',
  'CREATE INDEX edges_by_path ON edges (path_id)',
  'CREATE INDEX edges_by_content_at_path ON edges (path_id, artifact_id, role)',
  'CREATE INDEX edges_by_producer ON edges (producer_job_id) WHERE producer_job_id IS NOT NULL',
  `CREATE TABLE edge_names (
    job_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    PRIMARY KEY (job_id, ordinal, path_id),
    FOREIGN KEY (job_id, ordinal) REFERENCES edges (job_id, ordinal) ON DELETE CASCADE
  ) WITHOUT ROWID`,
  `CREATE TABLE edge_processes (
    job_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    pid INTEGER NOT NULL,
    PRIMARY KEY (job_id, ordinal, pid),
    FOREIGN KEY (job_id, ordinal) REFERENCES edges (job_id, ordinal) ON DELETE CASCADE
  ) WITHOUT ROWID`,
]
