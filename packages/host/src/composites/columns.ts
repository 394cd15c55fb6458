/** Columns of bytes in one file behind a JSON head that says how long they are. Each begins at a multiple of 8. */
const magic = 'roartree'
/** Magic, length of the head. */
const prefix = 16

export interface Columns {
  readonly head: unknown
  readonly columns: readonly Uint8Array[]
}

export function writeColumns(head: object, columns: readonly Uint8Array[]): readonly Uint8Array[] {
  const text = Buffer.from(JSON.stringify({ head, lengths: columns.map((one) => one.length) }))
  const start = Buffer.alloc(prefix)
  start.write(magic)
  start.writeUInt32LE(text.length, magic.length)
  return [start, text, ...columns].flatMap((one) => [one, new Uint8Array(padding(one.length))])
}

/** Throws for what is no such file, or is cut off. */
export function readColumns(bytes: Buffer): Columns {
  if (bytes.toString('latin1', 0, magic.length) !== magic) throw new RangeError('no columns')
  const length = bytes.readUInt32LE(magic.length)
  const { head, lengths } = JSON.parse(bytes.toString('utf8', prefix, prefix + length))
  let at = prefix + length + padding(length)
  const columns = (lengths as number[]).map((one) => {
    const column = bytes.subarray(at, at + one)
    if (column.length !== one) throw new RangeError('columns that are cut off')
    at += one + padding(one)
    return column
  })
  return { head, columns }
}

const padding = (length: number): number => -length & 7
