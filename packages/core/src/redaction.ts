/** Secrets are taken out before anything is written; a marker says what stood there: `<redacted:github-token>`. */

const markerForm = /<redacted:[a-z][a-z0-9-]*>/g

/** The markers in a command line, in order: what stood there is known to nobody, so the command cannot be run as it is recorded. */
export const redactionsIn = (words: readonly string[]): readonly string[] =>
  words.flatMap((word) => word.match(markerForm) ?? [])

/** What kinds of secrets stood there: `github-token`, `password`, …; one for each marker. */
export const redactedKinds = (text: string): readonly string[] =>
  redactionsIn([text]).map((marker) => marker.slice('<redacted:'.length, -1))
