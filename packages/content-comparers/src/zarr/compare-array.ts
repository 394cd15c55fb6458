/** Two arrays of Zarr: slab by slab along the first axis, so that their chunks may be cut differently. */

import { placeIn } from '../compare-elements.ts'
import { compareValues } from '../compare-values.ts'
import type { Tally } from '../tally.ts'

/** Elements in memory at once, of each. */
const atOnce = 1 << 22

export async function compareArray(tally: Tally, expected: string, found: string, name: string): Promise<boolean> {
  const zarr = await import('zarrita')
  const { FileSystemStore } = await import('@zarrita/storage')
  const open = (path: string) => zarr.open(new FileSystemStore(path), { kind: 'array' })
  const [a, b] = await Promise.all([open(expected), open(found)])
  if (!tally.same(a.dtype, b.dtype, () => `${name}: type`)) return false
  if (!tally.same(String(a.shape), String(b.shape), () => `${name}: shape`)) return false
  const [first = 1, ...rest] = a.shape
  const slab = Math.max(
    1,
    Math.floor(
      atOnce /
        Math.max(
          1,
          rest.reduce((product, length) => product * length, 1),
        ),
    ),
  )
  for (let from = 0; from < first; from += slab) {
    const selection =
      a.shape.length === 0 ? null : [zarr.slice(from, Math.min(first, from + slab)), ...rest.map(() => null)]
    const [x, y] = await Promise.all([zarr.get(a, selection), zarr.get(b, selection)])
    const offset = from * rest.reduce((product, length) => product * length, 1)
    if (
      !compareSlab(
        tally,
        valuesOf(x),
        valuesOf(y),
        (i) => `${name}${placeIn(a.shape, offset + i)}`,
        /^float/.test(a.dtype),
      )
    )
      return false
  }
  return true
}

type Values = ArrayLike<unknown>

/** An array without axes is one value. */
const valuesOf = (chunk: unknown): Values =>
  typeof chunk === 'object' && chunk !== null && 'data' in chunk ? (chunk.data as Values) : [chunk]

function compareSlab(
  tally: Tally,
  expected: Values,
  found: Values,
  where: (index: number) => string,
  float: boolean,
): boolean {
  for (let i = 0; i < expected.length; i++) {
    const goOn = float
      ? tally.float(expected[i] as number, found[i] as number, () => where(i))
      : compareValues(tally, expected[i], found[i], () => where(i))
    if (!goOn) return false
  }
  return true
}
