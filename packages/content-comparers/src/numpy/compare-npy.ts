/** Two .npy arrays: same type, same shape, same elements, whatever their byte order. */
import { compareElements, placeIn } from '../compare-elements.ts'
import type { Region } from '../region.ts'
import type { Tally } from '../tally.ts'
import { type NpyHeader, readHeader } from './npy-header.ts'

export function compareNpy(tally: Tally, expected: Region, found: Region, name: string): boolean {
  const a = readHeader(expected)
  const b = readHeader(found)
  if (!tally.same(a.type, b.type, () => said(name, 'type'))) return false
  if (!tally.same(tuple(a.shape), tuple(b.shape), () => said(name, 'shape'))) return false
  if (a.fortran !== b.fortran && a.shape.length > 1)
    return tally.differs(said(name, `stored by ${order(a)}, now by ${order(b)}`))
  return compareElements(tally, elementsOf(expected, a), elementsOf(found, b), (index) => `${name}${placeOf(a, index)}`)
}

/** A file that is one array has no name for it. */
const said = (name: string, what: string): string => (name === '' ? what : `${name}: ${what}`)

const tuple = (shape: readonly number[]): string => `(${shape.join(', ')})`
const order = ({ fortran }: NpyHeader): string => (fortran ? 'columns' : 'rows')

const elementsOf = (region: Region, header: NpyHeader) => ({
  kind: header.kind,
  little: header.little,
  region: {
    length: header.shape.reduce((product, length) => product * length, 1) * header.kind.size * header.parts,
    read: (at: number, length: number) => region.read(header.length + at, length),
  },
})

function placeOf({ shape, fortran, parts }: NpyHeader, index: number): string {
  const element = Math.floor(index / parts)
  if (!fortran) return placeIn(shape, element)
  const turned = placeIn([...shape].reverse(), element)
  return `[${turned.slice(1, -1).split(', ').reverse().join(', ')}]`
}
