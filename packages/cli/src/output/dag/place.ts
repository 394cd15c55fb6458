/** A picture with every part at its place. Pixels. */

export interface Point {
  readonly x: number
  readonly y: number
}

/** The middle of a node. */
export interface Place extends Point {
  readonly width: number
}

export interface Places {
  readonly width: number
  readonly height: number
  /** In the order of the picture's. */
  readonly nodes: readonly Place[]
  readonly edges: readonly (readonly Point[])[]
}

export const nodeHeight = 30
export const margin = 16
