/** As much of Avro's object container files as manifests need: records as objects, blocks plain or deflated. */
import { createRequire } from 'node:module'

/** Loaded when the first such file is met: most runs meet none. */
const zlib = (): typeof import('node:zlib') => createRequire(import.meta.url)('node:zlib')

export type AvroRecord = Readonly<Record<string, unknown>>
type Schema = string | readonly Schema[] | { readonly type: Schema; readonly [name: string]: unknown }

const syncBytes = 16

/** Null for bytes that are no such file, or are compressed otherwise. */
export function readAvro(bytes: Uint8Array | null): readonly AvroRecord[] | null {
  if (bytes === null) return null
  try {
    return readFile(new Reader(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)))
  } catch {
    return null
  }
}

function readFile(file: Reader): readonly AvroRecord[] | null {
  if (file.take(4).toString('latin1') !== 'Obj\u0001') return null
  const head = file.map((reader) => reader.bytes().toString('utf8'))
  const codec = head.get('avro.codec') ?? 'null'
  if (codec !== 'null' && codec !== 'deflate') return null
  const schema = JSON.parse(head.get('avro.schema') ?? '') as Schema
  file.take(syncBytes)
  const names = new Map<string, Schema>()
  const records: AvroRecord[] = []
  while (!file.ended) {
    const count = Number(file.long())
    const block = file.bytes()
    const reader = new Reader(codec === 'deflate' ? zlib().inflateRawSync(block) : block)
    for (let i = 0; i < count; i++) records.push(read(reader, schema, names) as AvroRecord)
    file.take(syncBytes)
  }
  return records
}

function read(from: Reader, schema: Schema, names: Map<string, Schema>): unknown {
  if (Array.isArray(schema)) return read(from, schema[Number(from.long())] as Schema, names)
  if (typeof schema === 'string') return readNamed(from, schema, names)
  const { type, items, values } = schema as Readonly<Record<'type' | 'items' | 'values', Schema>>
  if (type === 'record') return readRecord(from, schema as { readonly fields?: unknown }, names)
  if (type === 'enum' || type === 'fixed') names.set(String((schema as { name?: unknown }).name), schema)
  if (type === 'enum') return Number(from.long())
  if (type === 'fixed') return from.take(Number((schema as { size?: unknown }).size))
  if (type === 'array') return from.list((reader) => read(reader, items, names))
  if (type === 'map') return from.map((reader) => read(reader, values, names))
  return read(from, type, names)
}

function readRecord(
  from: Reader,
  schema: { readonly fields?: unknown; readonly name?: unknown },
  names: Map<string, Schema>,
) {
  names.set(String(schema.name), schema as unknown as Schema)
  const fields = schema.fields as readonly { readonly name: string; readonly type: Schema }[]
  return Object.fromEntries(fields.map(({ name, type }) => [name, read(from, type, names)]))
}

function readNamed(from: Reader, name: string, names: Map<string, Schema>): unknown {
  switch (name) {
    case 'null':
      return null
    case 'boolean':
      return from.take(1)[0] === 1
    case 'int':
    case 'long':
      return Number(from.long())
    case 'float':
      return from.take(4).readFloatLE()
    case 'double':
      return from.take(8).readDoubleLE()
    case 'bytes':
      return from.bytes()
    case 'string':
      return from.bytes().toString('utf8')
    default: {
      const known = names.get(name)
      if (known === undefined) throw new RangeError(`no schema is called ${name}`)
      return read(from, known, names)
    }
  }
}

class Reader {
  readonly #bytes: Buffer
  #at = 0

  constructor(bytes: Buffer) {
    this.#bytes = bytes
  }
  get ended(): boolean {
    return this.#at >= this.#bytes.length
  }
  take(length: number): Buffer {
    const end = this.#at + length
    if (length < 0 || end > this.#bytes.length) throw new RangeError('a file that is cut off')
    const taken = this.#bytes.subarray(this.#at, end)
    this.#at = end
    return taken
  }
  /** Zigzag, seven bits a byte. */
  long(): bigint {
    let value = 0n
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = this.take(1)[0] as number
      value |= BigInt(byte & 127) << shift
      if (byte < 128) return (value >> 1n) ^ -(value & 1n)
    }
    throw new RangeError('a number without an end')
  }
  bytes(): Buffer {
    return this.take(Number(this.long()))
  }
  list<T>(one: (reader: Reader) => T): T[] {
    const items: T[] = []
    for (let count = this.#count(); count > 0; count = this.#count())
      for (let i = 0; i < count; i++) items.push(one(this))
    return items
  }
  map<T>(one: (reader: Reader) => T): Map<string, T> {
    return new Map(this.list((reader) => [reader.bytes().toString('utf8'), one(reader)] as const))
  }

  /** A negative count is followed by the block's size in bytes. */
  #count(): number {
    const count = Number(this.long())
    if (count >= 0) return count
    this.long()
    return -count
  }
}
