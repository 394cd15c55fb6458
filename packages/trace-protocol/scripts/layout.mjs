// Offsets and sizes of everything in the schema: scalars aligned to their size, a byte string is its u32 length.
const sizes = { u8: 1, u16: 2, u32: 4, i32: 4, u64: 8, bytes: 4, bytes8: 8 }
const alignments = { ...sizes, bytes8: 1 }

const align = (offset, to) => Math.ceil(offset / to) * to

function place(fields, start) {
  let offset = start
  const placed = Object.entries(fields).map(([name, type]) => {
    offset = align(offset, alignments[type])
    const field = { name, type, offset, size: sizes[type] }
    offset += sizes[type]
    return field
  })
  return { fields: placed, end: offset }
}

export function layoutOf(schema) {
  const header = place(Object.fromEntries(Object.entries(schema.header).map(([name, { type }]) => [name, type])), 0)
  const record = place(schema.recordHeader, 0)
  if (record.end !== schema.layout.recordHeader)
    throw new Error(`recordHeader is ${record.end} bytes, the schema says ${schema.layout.recordHeader}`)
  const records = Object.entries(schema.records).map(([name, fields], i) => {
    const { fields: placed, end } = place(fields, record.end)
    return { name, number: i + 1, fields: placed, fixed: align(end, 8) }
  })
  const { PROTOCOL_VERSION: version, MAGIC: magic, layout, accessBits, renameKinds, recordFlags } = schema
  return {
    version,
    magic,
    layout,
    header: header.fields,
    headerEnd: header.end,
    recordHeader: record.fields,
    records,
    accessBits,
    renameKinds,
    recordFlags,
  }
}
