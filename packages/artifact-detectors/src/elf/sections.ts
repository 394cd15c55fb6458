/** Where the sections of a program lie: https://refspecs.linuxfoundation.org/elf/gabi4+/ch4.sheader.html */
import type { BytePath, Probe } from '@roar/core'

export interface Section {
  readonly offset: number
  readonly size: number
}
type Sections = ReadonlyMap<string, Section>

const none: Sections = new Map()
const known = new WeakMap<Probe, Map<BytePath, Sections>>()

/** Empty for what is no such program. Several detectors ask for the same ones. */
function sectionsOf(path: BytePath, probe: Probe): Sections {
  const files = known.get(probe) ?? new Map<BytePath, Sections>()
  known.set(probe, files)
  const sections = files.get(path) ?? read(path, probe)
  files.set(path, sections)
  return sections
}

/** At most 16 MiB of it. */
export function sectionBytes(path: BytePath, name: string, probe: Probe): Buffer | null {
  const section = sectionsOf(path, probe).get(name)
  const bytes = section && probe.part(path, section.offset, section.size)
  return bytes ? Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) : null
}

function read(path: BytePath, probe: Probe): Sections {
  const head = bufferOf(probe.part(path, 0, 64))
  if (head.length < 64 || head.toString('latin1', 0, 4) !== '\x7fELF') return none
  try {
    return table(path, new Layout(head), probe)
  } catch {
    // Offsets beyond the file: it is cut off, or no program after all.
    return none
  }
}

function table(path: BytePath, layout: Layout, probe: Probe): Sections {
  const headers = bufferOf(probe.part(path, layout.start, layout.count * layout.width))
  const count = Math.floor(headers.length / layout.width)
  const place = (i: number): Section & { readonly name: number } => layout.section(headers, i * layout.width)
  if (layout.names >= count) return none
  const names = place(layout.names)
  const text = bufferOf(probe.part(path, names.offset, Math.min(names.size, 1 << 20))).toString('latin1')
  const found = new Map<string, Section>()
  for (let i = 0; i < count; i++) {
    const { name, offset, size } = place(i)
    found.set(text.slice(name, text.indexOf('\0', name)), { offset, size })
  }
  return found
}

/** Numbers of 32 or 64 bits, of either byte order. */
class Layout {
  readonly start: number
  readonly width: number
  readonly count: number
  readonly names: number
  readonly #wide: boolean
  readonly #little: boolean

  constructor(head: Buffer) {
    this.#wide = head[4] === 2
    this.#little = head[5] === 1
    this.start = this.#wide ? this.#long(head, 0x28) : this.#int(head, 0x20)
    const at = this.#wide ? 0x3a : 0x2e
    const short = (offset: number): number => (this.#little ? head.readUInt16LE(offset) : head.readUInt16BE(offset))
    this.width = Math.max(40, short(at))
    this.count = short(at + 2)
    this.names = short(at + 4)
  }

  section(bytes: Buffer, at: number): Section & { readonly name: number } {
    const name = this.#int(bytes, at)
    return this.#wide
      ? { name, offset: this.#long(bytes, at + 0x18), size: this.#long(bytes, at + 0x20) }
      : { name, offset: this.#int(bytes, at + 0x10), size: this.#int(bytes, at + 0x14) }
  }

  #int(bytes: Buffer, at: number): number {
    return this.#little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at)
  }

  #long(bytes: Buffer, at: number): number {
    return Number(this.#little ? bytes.readBigUInt64LE(at) : bytes.readBigUInt64BE(at))
  }
}

const bufferOf = (bytes: Uint8Array | null): Buffer =>
  bytes === null ? Buffer.alloc(0) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
