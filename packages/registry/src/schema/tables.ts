/**
 * The registry's tables, said once: the types for Kysely, the statements that make them and the bulk writes all follow from this page.
 *
 * Keys are digests or keyed digests, never counters: rows spread evenly over the shards of an engine that splits by key, and no row waits for a
 * sequence. A column that ends in `?` may be null. Times are milliseconds since the epoch. `sealed` holds, in private realms, what the clear
 * columns beside it hold in the public one (`realm/seal.ts`).
 */
export type ColumnType = 'bytes' | 'text' | 'int' | 'real' | 'bytes?' | 'text?' | 'int?' | 'real?'

export interface TableShape {
  readonly columns: Readonly<Record<string, ColumnType>>
  readonly key: readonly string[]
  readonly unique?: readonly (readonly string[])[]
  readonly indexes?: readonly (readonly string[])[]
  /** The version of the schema that brought it; 1 where nothing is said. */
  readonly since?: number
}

export const tables = {
  // ── Who ────────────────────────────────────────────────────────────────────────────────────────────────────────
  accounts: {
    columns: {
      id: 'text',
      name: 'text',
      email: 'text?',
      password: 'text?',
      provider: 'text',
      subject: 'text',
      created_at: 'int',
      disabled_at: 'int?',
    },
    key: ['id'],
    unique: [['name'], ['provider', 'subject']],
  },
  /** A place where lineage goes. `realm` names the world in which its digests live: 0 for all that is public, one of its own for each private scope. */
  scopes: {
    columns: {
      id: 'text',
      realm: 'int',
      kind: 'text',
      owner: 'text',
      name: 'text',
      visibility: 'text',
      wrapped_key: 'bytes?',
      created_at: 'int',
    },
    key: ['id'],
    unique: [['owner', 'kind', 'name']],
  },
  members: {
    columns: { scope: 'text', account: 'text', role: 'text', added_at: 'int' },
    key: ['scope', 'account'],
    indexes: [['account']],
  },
  tokens: {
    columns: {
      id: 'text',
      hash: 'bytes',
      account: 'text',
      kind: 'text',
      name: 'text',
      rights: 'text',
      scope: 'text?',
      created_at: 'int',
      expires_at: 'int',
      last_used_at: 'int?',
      revoked_at: 'int?',
      /** Access and refresh token of one login share it: either's end is the other's. */
      family: 'text',
    },
    key: ['id'],
    unique: [['hash']],
    indexes: [['account'], ['family']],
  },
  ssh_keys: {
    columns: { fingerprint: 'text', account: 'text', public_key: 'text', name: 'text?', created_at: 'int' },
    key: ['fingerprint'],
    indexes: [['account']],
  },
  /** Signatures that were used, until the window in which they would be taken again is over. */
  spent_signatures: { columns: { hash: 'bytes', expires_at: 'int' }, key: ['hash'], indexes: [['expires_at']] },
  device_codes: {
    columns: {
      hash: 'bytes',
      user_code: 'text',
      client: 'text',
      status: 'text',
      account: 'text?',
      created_at: 'int',
      expires_at: 'int',
      polled_at: 'int?',
    },
    key: ['hash'],
    unique: [['user_code']],
  },
  audit: {
    columns: {
      id: 'text',
      at: 'int',
      account: 'text?',
      action: 'text',
      target: 'text?',
      request: 'text',
      address: 'text?',
    },
    key: ['id'],
    indexes: [['account', 'at'], ['at']],
  },

  // ── What ───────────────────────────────────────────────────────────────────────────────────────────────────────
  artifacts: {
    columns: {
      id: 'bytes',
      realm: 'int',
      visibility: 'int',
      algorithm: 'text?',
      digest: 'bytes?',
      size: 'int?',
      kind: 'int',
      format: 'text?',
      members: 'int?',
      metadata: 'text?',
      sealed: 'bytes?',
      first_at: 'int',
      withdrawn_at: 'int?',
      withdrawn_reason: 'text?',
    },
    key: ['id'],
  },
  /** Who says that these are digests of one artifact. The key begins as the digest does, so that a prefix is a range. */
  digests: {
    columns: {
      key: 'bytes',
      artifact: 'bytes',
      registrar: 'text',
      realm: 'int',
      algorithm: 'text?',
      digest: 'bytes',
      proof: 'int',
      at: 'int',
    },
    key: ['key', 'artifact', 'registrar'],
    indexes: [['artifact']],
  },
  locations: {
    columns: { artifact: 'bytes', key: 'bytes', source_type: 'text?', url: 'text?', sealed: 'bytes?', at: 'int' },
    key: ['artifact', 'key'],
  },
  components: {
    columns: { artifact: 'bytes', position: 'int', document: 'text?', sealed: 'bytes?' },
    key: ['artifact', 'position'],
  },
  /** By what a member of a composite is found: keys as those of `digests`. Of one file the oldest composite comes first, however many have it. */
  component_digests: {
    columns: { key: 'bytes', at: 'int', artifact: 'bytes', position: 'int', realm: 'int' },
    key: ['key', 'at', 'artifact', 'position'],
    indexes: [['artifact']],
    since: 4,
  },
  jobs: {
    columns: {
      id: 'bytes',
      realm: 'int',
      visibility: 'int',
      uid: 'text?',
      kind: 'text?',
      step: 'int',
      command: 'text?',
      repository: 'text?',
      revision: 'text?',
      branch: 'text?',
      started_at: 'int?',
      duration_ms: 'real?',
      exit_code: 'int?',
      dirty: 'int',
      document: 'text?',
      sealed: 'bytes?',
      first_at: 'int',
      supersedes: 'bytes?',
      superseded_by: 'bytes?',
      withdrawn_at: 'int?',
      withdrawn_reason: 'text?',
    },
    key: ['id'],
    indexes: [['realm', 'first_at', 'id']],
  },
  /** What a job can be found by, as keyed hashes of `field:value`: in a private realm they say nothing without its key. */
  terms: {
    columns: { term: 'bytes', at: 'int', job: 'bytes' },
    key: ['term', 'at', 'job'],
    indexes: [['job']],
  },
  /** The words of a job's command (`realm/command-words.ts`), each with the time of all of the job's terms. Taken back by it: there is no index by job. */
  words: {
    columns: { term: 'bytes', at: 'int', job: 'bytes' },
    key: ['term', 'at', 'job'],
    since: 3,
  },
  /** By what a file's name is found (`realm/name-forms.ts`), and a job that knows the path. Ordered by the form: a beginning is a range. */
  names: {
    columns: { form: 'bytes', artifact: 'bytes', realm: 'int', job: 'bytes' },
    key: ['form', 'artifact'],
    since: 2,
  },
  /** `place` tells apart the paths by which one job used one artifact. */
  edges: {
    columns: {
      job: 'bytes',
      role: 'int',
      artifact: 'bytes',
      place: 'bytes',
      path: 'text?',
      document: 'text?',
      sealed: 'bytes?',
    },
    key: ['job', 'role', 'artifact', 'place'],
    indexes: [['artifact', 'role', 'job']],
  },
  sessions: {
    columns: {
      hash: 'bytes',
      realm: 'int',
      scope: 'text',
      visibility: 'int',
      account: 'text?',
      repository: 'text?',
      revision: 'text?',
      branch: 'text?',
      sealed: 'bytes?',
      jobs_count: 'int',
      direct: 'int',
      created_at: 'int',
      withdrawn_at: 'int?',
      withdrawn_reason: 'text?',
    },
    key: ['hash'],
    indexes: [['realm', 'created_at', 'hash']],
  },
  session_jobs: {
    columns: { session: 'bytes', job: 'bytes', step: 'int' },
    key: ['session', 'job'],
    indexes: [['job']],
  },
  /** One row a version of a target's notes; `target` is a session's hash, a job's or an artifact's id. */
  labels: {
    columns: {
      target: 'bytes',
      version: 'int',
      realm: 'int',
      session: 'bytes?',
      account: 'text?',
      at: 'int',
      document: 'text?',
      sealed: 'bytes?',
    },
    key: ['target', 'version'],
  },
  receipts: {
    columns: {
      id: 'text',
      realm: 'int',
      target: 'bytes',
      verdict: 'int',
      account: 'text?',
      at: 'int',
      document: 'text?',
      sealed: 'bytes?',
    },
    key: ['id'],
    indexes: [['target', 'at', 'id']],
  },

  // ── On the way in ──────────────────────────────────────────────────────────────────────────────────────────────
  registrations: {
    columns: {
      id: 'text',
      token_hash: 'bytes?',
      account: 'text?',
      client: 'text?',
      mode: 'text',
      status: 'text',
      created_at: 'int',
      expires_at: 'int',
      session: 'bytes?',
      counts: 'text?',
    },
    key: ['id'],
    indexes: [['account', 'client'], ['expires_at']],
  },
  /** Sealed with the server's key in any case: until it is published, nobody knows how private it is to be. */
  staged: {
    columns: { registration: 'text', kind: 'int', key: 'bytes', items: 'int', sealed: 'bytes' },
    key: ['registration', 'kind', 'key'],
  },
  fragments: {
    columns: { session: 'text', sequence: 'int', body: 'text', at: 'int' },
    key: ['session', 'sequence'],
  },
  fragment_sessions: {
    columns: { id: 'text', token_hash: 'text', expires_at: 'int' },
    key: ['id'],
    indexes: [['expires_at']],
  },
  facts: { columns: { name: 'text', value: 'text' }, key: ['name'] },
} as const satisfies Record<string, TableShape>

export type TableName = keyof typeof tables

type ValueOf<T extends ColumnType> = T extends 'bytes'
  ? Buffer
  : T extends 'text'
    ? string
    : T extends 'int' | 'real'
      ? number
      : T extends 'bytes?'
        ? Buffer | null
        : T extends 'text?'
          ? string | null
          : number | null

export type Row<T extends TableName> = {
  -readonly [C in keyof (typeof tables)[T]['columns']]: (typeof tables)[T]['columns'][C] extends ColumnType
    ? ValueOf<(typeof tables)[T]['columns'][C]>
    : never
}

/** For Kysely. */
export type Tables = { [T in TableName]: Row<T> }
