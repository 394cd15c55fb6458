/** As much of a Mach-O file as a test asks for: what it is, its table of interposed functions, the names that it takes from others (<mach-o/loader.h>, <mach-o/nlist.h>). */

export interface MachoFile {
  readonly cpu: number
  readonly type: number
  readonly libraries: readonly string[]
  /** `segment,section` → bytes and type. */
  readonly sections: ReadonlyMap<string, { readonly size: number; readonly type: number }>
  readonly wanted: readonly string[]
  readonly exported: readonly string[]
}

const text = (bytes: Buffer, at: number, most = 4096): string => {
  const end = bytes.indexOf(0, at)
  return bytes.toString('latin1', at, Math.min(end < 0 ? bytes.length : end, at + most))
}

/** Of one slice. Throws where it is none. */
export function readMachoFile(bytes: Buffer): MachoFile {
  if (bytes.readUInt32LE() !== 0xfeedfacf) throw new Error('no 64-bit Mach-O file')
  const sections = new Map<string, { size: number; type: number }>()
  const libraries: string[] = []
  const symbols: { name: string; type: number }[] = []
  let at = 32
  for (let i = 0; i < bytes.readUInt32LE(16); i++) {
    const kind = bytes.readUInt32LE(at)
    if (kind === 0x19) readSections(bytes, at, sections)
    if (kind === 0x0c) libraries.push(text(bytes, at + bytes.readUInt32LE(at + 8)))
    if (kind === 0x02) readSymbols(bytes, at, symbols)
    at += bytes.readUInt32LE(at + 4)
  }
  const outside = symbols.filter(({ type }) => type & 1 && !(type & 0x10))
  return {
    cpu: bytes.readUInt32LE(4),
    type: bytes.readUInt32LE(12),
    libraries,
    sections,
    wanted: outside.filter(({ type }) => (type & 0x0e) === 0).map(({ name }) => name),
    exported: outside.filter(({ type }) => (type & 0x0e) !== 0).map(({ name }) => name),
  }
}

function readSections(bytes: Buffer, at: number, into: Map<string, { size: number; type: number }>): void {
  for (let i = 0; i < bytes.readUInt32LE(at + 64); i++) {
    const section = at + 72 + i * 80
    const name = `${text(bytes, section + 16, 16)},${text(bytes, section, 16)}`
    into.set(name, {
      size: Number(bytes.readBigUInt64LE(section + 40)),
      type: bytes.readUInt32LE(section + 64) & 0xff,
    })
  }
}

function readSymbols(bytes: Buffer, at: number, into: { name: string; type: number }[]): void {
  const [table, count, strings] = [8, 12, 16].map((offset) => bytes.readUInt32LE(at + offset)) as [
    number,
    number,
    number,
  ]
  for (let i = 0; i < count; i++) {
    const entry = table + i * 16
    into.push({ name: text(bytes, strings + bytes.readUInt32LE(entry)), type: bytes[entry + 4] as number })
  }
}
