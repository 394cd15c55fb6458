/** As much of protobuf's wire format as manifests need: fields by number. */

export interface Field {
  readonly number: number
  /** Of a varint or fixed number. */
  readonly value: bigint | null
  /** Of a text, bytes or message. */
  readonly bytes: Uint8Array | null
}

/** Throws RangeError for bytes that are no message. */
export function fields(message: Uint8Array): readonly Field[] {
  const bytes = Buffer.from(message.buffer, message.byteOffset, message.byteLength)
  const found: Field[] = []
  for (let at = 0; at < bytes.length; ) {
    const [key, afterKey] = varint(bytes, at)
    const [field, end] = fieldAt(bytes, afterKey, Number(key >> 3n), Number(key & 7n))
    found.push(field)
    at = end
  }
  return found
}

function fieldAt(bytes: Buffer, at: number, number: number, wire: number): readonly [Field, number] {
  if (wire === 0) {
    const [value, end] = varint(bytes, at)
    return [{ number, value, bytes: null }, end]
  }
  if (wire === 1) return [{ number, value: bytes.readBigUInt64LE(at), bytes: null }, at + 8]
  if (wire === 5) return [{ number, value: BigInt(bytes.readUInt32LE(at)), bytes: null }, at + 4]
  if (wire !== 2) throw new RangeError(`a field of wire type ${wire}`)
  const [length, start] = varint(bytes, at)
  const end = start + Number(length)
  if (end > bytes.length) throw new RangeError('a field that is cut off')
  return [{ number, value: null, bytes: bytes.subarray(start, end) }, end]
}

function varint(bytes: Buffer, start: number): readonly [bigint, number] {
  let value = 0n
  for (let at = start, shift = 0n; shift < 70n; at++, shift += 7n) {
    const byte = bytes[at]
    if (byte === undefined) break
    value |= BigInt(byte & 127) << shift
    if (byte < 128) return [value, at + 1]
  }
  throw new RangeError('a number that is cut off')
}

export const subfields = (message: readonly Field[], number: number): readonly (readonly Field[])[] =>
  message.flatMap((one) => (one.number === number && one.bytes ? [fields(one.bytes)] : []))

export const numberIn = (message: readonly Field[], number: number): bigint | null =>
  message.find((one) => one.number === number)?.value ?? null

export function textIn(message: readonly Field[], number: number): string | null {
  const bytes = message.find((one) => one.number === number)?.bytes
  return bytes ? Buffer.from(bytes).toString('utf8') : null
}
