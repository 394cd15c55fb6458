/** What `--registry` was given: which registry is asked, if one is. */

/** Null: the workspace is asked. `address` null: registry.url. */
export interface AskedRegistry {
  readonly address: string | null
}

export const askedRegistry = (given: string | boolean | undefined): AskedRegistry | null =>
  given === undefined || given === false ? null : { address: given === true ? null : given }
