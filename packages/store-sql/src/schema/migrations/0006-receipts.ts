/** Receipts of reproductions: who made what again, and how well each output came out. */
export const receipts: readonly string[] = [
  `CREATE TABLE receipts (
    id INTEGER PRIMARY KEY,
    uid TEXT NOT NULL UNIQUE,
    made_at INTEGER NOT NULL,
    user TEXT NOT NULL,
    hostname TEXT NOT NULL,
    os TEXT NOT NULL,
    hardware TEXT NOT NULL,
    version TEXT NOT NULL,
    session TEXT NOT NULL,
    verdict TEXT NOT NULL,
    accept TEXT NOT NULL,
    holds INTEGER NOT NULL,
    relative_tolerance REAL NOT NULL,
    absolute_tolerance REAL NOT NULL
  )`,
  `CREATE TABLE receipt_outputs (
    receipt_id INTEGER NOT NULL REFERENCES receipts (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    path_id INTEGER NOT NULL REFERENCES paths (id),
    step TEXT NOT NULL,
    verdict TEXT NOT NULL,
    difference TEXT,
    PRIMARY KEY (receipt_id, ordinal)
  ) WITHOUT ROWID`,
  `CREATE TABLE receipt_digests (
    receipt_id INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    side TEXT NOT NULL,
    algorithm TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (receipt_id, ordinal, side, algorithm),
    FOREIGN KEY (receipt_id, ordinal) REFERENCES receipt_outputs (receipt_id, ordinal) ON DELETE CASCADE
  ) WITHOUT ROWID`,
  'CREATE INDEX receipt_digests_by_value ON receipt_digests (value, side)',
  `CREATE TABLE receipt_substitutions (
    receipt_id INTEGER NOT NULL REFERENCES receipts (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (receipt_id, ordinal)
  ) WITHOUT ROWID`,
]
