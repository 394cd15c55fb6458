/** The head of a .npy file: type, order, shape. https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html */
import { type ElementKind, elements, opaque } from '../elements.ts'
import type { Region } from '../region.ts'

export interface NpyHeader {
  /** As numpy writes it, without the byte order: `f8`, `U16`. */
  readonly type: string
  readonly kind: ElementKind
  /** Of each element: complex numbers have two. */
  readonly parts: number
  readonly little: boolean
  readonly fortran: boolean
  readonly shape: readonly number[]
  /** Where the elements begin. */
  readonly length: number
}

export function readHeader(region: Region): NpyHeader {
  const head = region.read(0, 12)
  if (head.length < 10 || head.toString('latin1', 0, 6) !== '\x93NUMPY')
    throw new Error('it does not begin as a .npy file')
  const wide = (head[6] as number) >= 2
  const size = wide ? head.readUInt32LE(8) : head.readUInt16LE(8)
  const begin = wide ? 12 : 10
  const text = region.read(begin, size).toString('latin1')
  return { ...typeOf(text), ...shapeOf(text), length: begin + size }
}

function typeOf(text: string): Pick<NpyHeader, 'type' | 'kind' | 'parts' | 'little'> {
  const [, order, letter, digits] = /'descr':\s*'([<>|=])([a-zA-Z])(\d*)/.exec(text) ?? []
  if (letter === undefined || letter === 'O')
    throw new Error(
      letter === 'O' ? 'it holds Python objects, which are not read' : 'it holds records, which are not read',
    )
  const size = Number(digits)
  const type = `${letter}${digits}`
  const little = order !== '>'
  if (letter === 'c') return { type, kind: size === 16 ? elements.f8 : elements.f4, parts: 2, little }
  if (letter === 'b') return { type, kind: elements.bool, parts: 1, little }
  const known = elements[type as keyof typeof elements]
  return { type, kind: known ?? opaque(letter === 'U' ? size * 4 : size), parts: 1, little }
}

function shapeOf(text: string): Pick<NpyHeader, 'fortran' | 'shape'> {
  const [, fortran] = /'fortran_order':\s*(True|False)/.exec(text) ?? []
  const [, numbers] = /'shape':\s*\(([^)]*)\)/.exec(text) ?? []
  if (fortran === undefined || numbers === undefined) throw new Error('its header cannot be understood')
  const shape = numbers
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
    .map(Number)
  return { fortran: fortran === 'True', shape }
}
