/** Where a command is started from, and with what. */
export interface Places {
  /** Where the user is. */
  readonly directory: string
  readonly root: string
  readonly searchPath: string
  /** What is behind the standard streams: facts as they are recorded. */
  readonly streams: Readonly<Record<string, string>>
}
