/** Plugins that hold the contents of two files against each other. A page of the contract; `contracts.ts` re-exports it. */
export type ComparerFactory = () => ContentComparer | Promise<ContentComparer>

/** Holds two files of one format against each other as values, where their bytes differ. */
export interface ContentComparer {
  readonly name: string
  /** Null when it does not know the format of the two. Rejects when a file is damaged. */
  compare(pair: ContentPair): Promise<ContentDifference | null>
}

/** The recorded content and the one that was made again. */
export interface ContentPair {
  /** The path as recorded: its ending tells the format where the bytes do not. */
  readonly name: string
  /** The format, where a detector has named it. */
  readonly format: string | null
  /** Files, or for formats that are directories, those. Absolute. */
  readonly expected: string
  readonly found: string
  readonly tolerance: NumberTolerance
}

/** Two numbers agree when |expected - found| <= absolute + relative * |expected|. */
export interface NumberTolerance {
  readonly relative: number
  readonly absolute: number
}

/** What became of holding the two against each other. */
export interface ContentDifference {
  /** `content`: the same values; `tolerance`: some numbers differ, all of them within it. */
  readonly verdict: 'content' | 'tolerance' | 'different'
  /** Where the first difference is, and what it is; of `tolerance`, the largest. Null when there is none. */
  readonly difference: string | null
}
