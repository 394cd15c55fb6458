/** The kinds of number that arrays and tensors are made of, and how each is read. */

export interface ElementKind {
  /** Bytes. */
  readonly size: number
  readonly float: boolean
  read(view: DataView, at: number, little: boolean): number | bigint | string
}

const kind = (size: number, float: boolean, read: ElementKind['read']): ElementKind => ({ size, float, read })

export const elements = {
  bool: kind(1, false, (view, at) => view.getUint8(at)),
  i1: kind(1, false, (view, at) => view.getInt8(at)),
  i2: kind(2, false, (view, at, little) => view.getInt16(at, little)),
  i4: kind(4, false, (view, at, little) => view.getInt32(at, little)),
  i8: kind(8, false, (view, at, little) => view.getBigInt64(at, little)),
  u1: kind(1, false, (view, at) => view.getUint8(at)),
  u2: kind(2, false, (view, at, little) => view.getUint16(at, little)),
  u4: kind(4, false, (view, at, little) => view.getUint32(at, little)),
  u8: kind(8, false, (view, at, little) => view.getBigUint64(at, little)),
  f2: kind(2, true, (view, at, little) => halfOf(view.getUint16(at, little))),
  f4: kind(4, true, (view, at, little) => view.getFloat32(at, little)),
  f8: kind(8, true, (view, at, little) => view.getFloat64(at, little)),
  bf16: kind(2, true, (view, at, little) => brainOf(view.getUint16(at, little))),
} as const

/** Bytes without a meaning that is known here: texts, times, records. */
export const opaque = (size: number): ElementKind =>
  kind(size, false, (view, at) => Buffer.from(view.buffer, view.byteOffset + at, size).toString('hex'))

/** IEEE 754 binary16: DataView has no getFloat16 before Node 24. */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 0x1f
  const fraction = bits & 0x3ff
  if (exponent === 0) return sign * 2 ** -24 * fraction
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return sign * 2 ** (exponent - 25) * (1024 + fraction)
}

const scratch = new DataView(new ArrayBuffer(4))

/** bfloat16 is the upper half of a binary32. */
function brainOf(bits: number): number {
  scratch.setUint32(0, bits << 16)
  return scratch.getFloat32(0)
}
