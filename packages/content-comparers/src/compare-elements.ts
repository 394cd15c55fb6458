/** Compares two arrays element by element; stretches with the same bytes are passed over. */
import type { ElementKind } from './elements.ts'
import type { Region } from './region.ts'
import type { Tally } from './tally.ts'

export interface Elements {
  readonly region: Region
  readonly kind: ElementKind
  readonly little: boolean
}

/** Elements, of whatever size. */
const atOnce = 1 << 18

/** `where` is given the place of an element in the order in which both are stored. */
export function compareElements(
  tally: Tally,
  expected: Elements,
  found: Elements,
  where: (index: number) => string,
): boolean {
  const { size } = expected.kind
  const count = Math.floor(expected.region.length / size)
  for (let first = 0; first < count; first += atOnce) {
    const length = Math.min(atOnce, count - first) * size
    const a = expected.region.read(first * size, length)
    const b = found.region.read(first * size, length)
    if (a.length < length || b.length < length) throw new Error('it is shorter than its header says')
    if (expected.little === found.little && a.equals(b)) continue
    if (
      !compareStretch(tally, { ...expected, view: viewOf(a) }, { ...found, view: viewOf(b) }, (i) => where(first + i))
    )
      return false
  }
  return true
}

const viewOf = (bytes: Buffer): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.length)

type Stretch = Omit<Elements, 'region'> & { readonly view: DataView }

function compareStretch(tally: Tally, expected: Stretch, found: Stretch, where: (index: number) => string): boolean {
  const { kind, view } = expected
  for (let i = 0, at = 0; at < view.byteLength; i++, at += kind.size) {
    const a = kind.read(view, at, expected.little)
    const b = kind.read(found.view, at, found.little)
    if (a === b) continue
    const place = () => where(i)
    const goOn = kind.float ? tally.float(a as number, b as number, place) : tally.same(a, b, place)
    if (!goOn) return false
  }
  return true
}

/** `[3, 1]` of the 7th element of an array of shape (n, 2). */
export function placeIn(shape: readonly number[], index: number): string {
  let rest = index
  const place = [...shape].reverse().map((length) => {
    const at = length === 0 ? 0 : rest % length
    rest = length === 0 ? 0 : Math.floor(rest / length)
    return at
  })
  return `[${place.reverse().join(', ')}]`
}
