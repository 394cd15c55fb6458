/** Options of the commands that read, declared once: the parser is given them, and so is the reader of plain words. */

export interface Flag {
  readonly is: 'flag'
  /** As the parser wants them: `-q,--quiet`. */
  readonly names: string
  readonly description: string
}

export interface Text {
  readonly is: 'text'
  readonly names: string
  readonly description: string
}

export type Options = Readonly<Record<string, Flag | Text>>

/** What the user has said, by the names of the declarations. */
export type Given<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Flag ? boolean : string | undefined
}

export const flag = (names: string, description: string): Flag => ({ is: 'flag', names, description })
export const text = (names: string, description: string): Text => ({ is: 'text', names, description })

/** What every command understands; `-v` is counted, and stands by itself. */
export const commonOptions = {
  json: flag('--json', 'print one JSON document'),
  quiet: flag('-q,--quiet', 'print no notes'),
  directory: text('-C', 'work as if started in this directory'),
}
