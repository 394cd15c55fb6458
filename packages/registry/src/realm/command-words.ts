/**
 * By what a command is found: its words, which are runs of letters and digits, in lower case and whole. They are kept as keyed hashes, so that a
 * private realm is searched as the public one is, and in the order of time.
 */
import type { Row } from '../schema/tables.ts'
import { keyedWord, type Realm } from './realm.ts'

/** Commands of thousands of files are found by the first of their words. */
const mostWords = 256

/** Each once, in their order. */
export const wordsOf = (text: string): readonly string[] => [
  ...new Set(text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []),
]

export const commandKeys = (realm: Realm, command: string): readonly Buffer[] =>
  wordsOf(command)
    .slice(0, mostWords)
    .map((word) => keyedWord(realm, word))

/** Where a job stands among those of its words and facts. In a private realm even the time of its start would tell something. */
export const searchTime = (realm: Realm, row: Pick<Row<'jobs'>, 'first_at' | 'started_at'>): number =>
  realm.keys ? row.first_at : (row.started_at ?? row.first_at)

/** `job`: as it was before it was sealed, or opened. */
export const wordRows = (
  realm: Realm,
  job: Pick<Row<'jobs'>, 'id' | 'command' | 'first_at' | 'started_at'>,
): Row<'words'>[] =>
  commandKeys(realm, job.command ?? '').map((term) => ({ term, at: searchTime(realm, job), job: job.id }))
