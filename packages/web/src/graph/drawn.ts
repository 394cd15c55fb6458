/** What the server lays out and the page's script draws. Imports nothing: both sides read it. */

/** Part of the page and of no other contract: the script that reads it is of the same version. */
export interface Drawing {
  readonly x: readonly number[]
  readonly y: readonly number[]
  /** One letter a node: `j` or `f`. */
  readonly kinds: string
  readonly labels: readonly string[]
  readonly marks: readonly string[]
  /** '' where there is no page. */
  readonly addresses: readonly string[]
  readonly from: readonly number[]
  readonly to: readonly number[]
  /** As shown on the edge; '' where it is not known. */
  readonly sizes: readonly string[]
  /** Of its line: with the logarithm of the bytes. */
  readonly widths: readonly number[]
}
