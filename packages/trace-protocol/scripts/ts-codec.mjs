// The TypeScript side of the schema: one decoder and one encoder a record.
const readers = {
  u8: 'readUInt8',
  u16: 'readUInt16LE',
  u32: 'readUInt32LE',
  i32: 'readInt32LE',
  u64: 'readBigUInt64LE',
}
const writers = {
  u8: 'writeUInt8',
  u16: 'writeUInt16LE',
  u32: 'writeUInt32LE',
  i32: 'writeInt32LE',
  u64: 'writeBigUInt64LE',
}

function decoder(record) {
  const strings = record.fields.filter((f) => f.type === 'bytes')
  const lengths = strings.map((f, i) => `  const n${i} = b.readUInt32LE(at + ${f.offset})\n`).join('')
  const total = strings.map((_, i) => `n${i}`).join(' + ')
  const guard = strings.length
    ? `  if (${record.fixed} + ${total} > size) return null\n`
    : `  if (size < ${record.fixed}) return null\n`
  let before = ''
  const values = record.fields.map((f) => {
    if (f.type !== 'bytes') return `${f.name}: b.${readers[f.type]}(at + ${f.offset})`
    const i = strings.indexOf(f)
    const start = `at + ${record.fixed}${before}`
    before += ` + n${i}`
    return `${f.name}: b.latin1Slice(${start}, ${start} + n${i})`
  })
  return `function ${record.name}(b: Bytes, at: number, size: number, base: Base) {
  if (size < ${record.fixed}) return null
${lengths}${strings.length ? guard : ''}  return { type: '${record.name}', sequence: base.sequence, pid: base.pid, tid: base.tid, flags: base.flags, ${values.join(', ')} } as const
}`
}

function encoder(record) {
  const strings = record.fields.filter((f) => f.type === 'bytes')
  const size = [record.fixed, ...strings.map((f) => `e.${f.name}.length`)].join(' + ')
  const lines = record.fields
    .filter((f) => f.type !== 'bytes')
    .map((f) => `    b.${writers[f.type]}(e.${f.name}, ${f.offset})`)
  const tail = strings.map(
    (f) => `    b.writeUInt32LE(e.${f.name}.length, ${f.offset})\n    end += b.write(e.${f.name}, end, 'latin1')`,
  )
  const init = strings.length ? [`    let end = ${record.fixed}`] : []
  const args = record.fields
    .map((f) => `${f.name}: ${f.type === 'u64' ? 'bigint' : f.type === 'bytes' ? 'string' : 'number'}`)
    .join('; ')
  return `  ${record.name}(e: { ${args} }): Buffer {
    const b = Buffer.alloc((${size} + 7) & ~7)
${[...lines, ...init, ...tail].join('\n')}
    return b
  },`
}

export function tsCodec(layout, buildId) {
  return `// Made by scripts/generate.mjs from src/schema.ts. Do not edit.
/** Node's own, exact and fast, but missing from its types. */
type Bytes = Buffer & { latin1Slice(start: number, end: number): string }
interface Base { readonly sequence: number; readonly pid: number; readonly tid: number; readonly flags: number }

export const buildId = 0x${buildId.toString(16).padStart(16, '0')}n
/** Offset of each field of the header page. */
export const headerOffsets = { ${layout.header.map((f) => `${f.name}: ${f.offset}`).join(', ')} } as const
/** Offset of each field of a record's header. */
export const recordOffsets = { ${layout.recordHeader.map((f) => `${f.name}: ${f.offset}`).join(', ')} } as const
export const recordNumbers = { ${layout.records.map((r) => `${r.name}: ${r.number}`).join(', ')} } as const
/** Size of each record's fixed part, by number. */
export const fixedSizes: readonly number[] = [0, ${layout.records.map((r) => r.fixed).join(', ')}]

${layout.records.map(decoder).join('\n\n')}

/** By record number; null for a record whose strings do not fit in it. */
export const decoders = [null, ${layout.records.map((r) => r.name).join(', ')}] as const

/** The record's bytes with an empty record header, padded to 8. */
export const encoders = {
${layout.records.map(encoder).join('\n')}
} as const

/** The same as roar_check in C. \`offset\` and \`sequence\` below 2^53. */
export function checkOf(offset: number, size: number, type: number, sequence: number): number {
  const high = (n: number): number => Math.floor(n / 0x100000000)
  let mix = Math.imul(Math.floor(offset / 8) | 0, 0x9e3779b1)
  mix = Math.imul(mix ^ Math.floor(offset / 0x800000000) ^ size, 0x85ebca6b)
  mix = Math.imul(mix ^ (mix >>> 15) ^ type ^ (sequence | 0), 0xc2b2ae35)
  mix = Math.imul(mix ^ (mix >>> 13) ^ high(sequence), 0x27d4eb2f)
  mix ^= mix >>> 16
  return mix & 0xffff || 1
}
`
}
