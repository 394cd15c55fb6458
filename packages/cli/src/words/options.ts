/** Options, declared once: the parser is given them, and so is the reader of plain words. */

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

/** May be given several times. */
export interface List {
  readonly is: 'list'
  readonly names: string
  readonly description: string
}

export type Options = Readonly<Record<string, Flag | Text | List>>

/** What the user has said, by the names of the declarations. */
export type Given<O extends Options> = {
  readonly [K in keyof O]: O[K] extends Flag ? boolean : O[K] extends List ? readonly string[] : string | undefined
}

export const flag = (names: string, description: string): Flag => ({ is: 'flag', names, description })
export const text = (names: string, description: string): Text => ({ is: 'text', names, description })
export const list = (names: string, description: string): List => ({ is: 'list', names, description })

export const namesWithValue = (options: Options): string[] =>
  Object.values(options).flatMap(({ is, names }) => (is === 'flag' ? [] : names.split(',')))

/** What every command understands; `-v` is counted, and stands by itself. */
export const commonOptions = {
  json: flag('--json', 'print one JSON document'),
  quiet: flag('-q,--quiet', 'print no notes'),
  directory: text('-C', 'work as if started in this directory'),
}
