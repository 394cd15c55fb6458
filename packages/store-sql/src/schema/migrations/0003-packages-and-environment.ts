/** Packages by their URL and place, with their changed files; lock files; interpreters; whatever is known of a job's machine and variables. */
export const packagesAndEnvironment: readonly string[] = [
  // SQLite does not drop the old uniqueness, which had no room for one package of two architectures: both tables are made anew.
  `CREATE TABLE packages_new (
    id INTEGER PRIMARY KEY,
    ecosystem TEXT NOT NULL,
    name TEXT NOT NULL,
    version TEXT NOT NULL,
    purl TEXT NOT NULL,
    UNIQUE (purl, ecosystem, name, version)
  )`,
  `INSERT INTO packages_new (id, ecosystem, name, version, purl)
    SELECT id, ecosystem, name, version,
      'pkg:' || ecosystem || '/' || name || CASE version WHEN '' THEN '' ELSE '@' || version END
    FROM packages`,
  `CREATE TABLE job_packages_new (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    package_id INTEGER NOT NULL REFERENCES packages_new (id),
    location_id INTEGER REFERENCES paths (id),
    PRIMARY KEY (job_id, ordinal)
  )`,
  `INSERT INTO job_packages_new (job_id, ordinal, package_id)
    SELECT job_id, package_id, package_id FROM job_packages`,
  'DROP TABLE job_packages',
  'DROP TABLE packages',
  'ALTER TABLE packages_new RENAME TO packages',
  'ALTER TABLE job_packages_new RENAME TO job_packages',
  'CREATE INDEX packages_by_name ON packages (name, version)',
  'CREATE INDEX job_packages_by_package ON job_packages (package_id, job_id)',
  `CREATE TABLE job_package_changes (
    job_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    PRIMARY KEY (job_id, ordinal, path_id),
    FOREIGN KEY (job_id, ordinal) REFERENCES job_packages (job_id, ordinal) ON DELETE CASCADE
  )`,
  `CREATE TABLE job_lock_files (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    ecosystem TEXT NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    algorithm TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job_id, ecosystem, path_id, algorithm)
  )`,
  'CREATE INDEX job_lock_files_by_digest ON job_lock_files (value)',
  `CREATE TABLE job_interpreters (
    job_id INTEGER NOT NULL REFERENCES jobs (id) ON DELETE CASCADE,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    algorithm TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (job_id, path_id, algorithm)
  )`,
  'CREATE INDEX job_interpreters_by_digest ON job_interpreters (value)',
  `CREATE TABLE environment_facts (
    environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (environment_id, name)
  )`,
  'CREATE INDEX environment_facts_by_name ON environment_facts (name, value)',
  `CREATE TABLE environment_commitments (
    environment_id INTEGER NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
    name TEXT NOT NULL,
    commitment TEXT NOT NULL,
    PRIMARY KEY (environment_id, name)
  )`,
]
