/** Random names of jobs and sessions, from SQLite's own generator (ChaCha20, seeded by the system): node:crypto takes 4 ms to load. */
import type { Sql } from './sql.ts'

export const randomHex = (sql: Sql, bytes: number): string =>
  String(sql.lines('SELECT lower(hex(randomblob(?)))', [bytes])[0]?.[0])
