// The C header, the TypeScript codec and the bytes on disk are one format: each record as C writes it, as TypeScript writes it, and as committed.
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { recordOffsets as at, decoders, encoders, recordNumbers } from '../src/generated/codec.ts'
import { checkOf, type Fields, type FieldType, records } from '../src/index.ts'

const header = fileURLToPath(new URL('../generated/roar_trace.h', import.meta.url))
const golden: Record<string, string> = JSON.parse(readFileSync(new URL('golden.json', import.meta.url), 'utf8'))
const compiler = process.env.CC ?? 'cc'
const noCompiler = spawnSync(compiler, ['--version']).status === 0 ? '' : ` (skipped: no ${compiler})`
const place = mkdtempSync(join(tmpdir(), 'roar-golden-'))
afterAll(() => rmSync(place, { recursive: true }))

type Name = keyof typeof records
const names = Object.keys(records) as Name[]
const [offset, sequence, pid, tid, flags] = [0x1_2345_6780, 0x2_0000_0007, 4_000_000_001, 77, 5]

/** A different value in each field, with its highest bit set, and in each text bytes that are no UTF-8. */
function sample(type: FieldType, place: number): bigint | number | string {
  if (type === 'bytes') return `/${'x'.repeat(place)}\xff\0\n`
  if (type === 'u64') return 0xf0e0d0c0b0a09000n + BigInt(place)
  return type === 'i32' ? -place - 1 : 0xf0a09000 + place
}
const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const escaped = (text: string): string =>
  [...text].map((c) => `\\${c.charCodeAt(0).toString(8).padStart(3, '0')}`).join('')

/** A block that writes one record to standard output, as the library would. */
function inC(name: Name): string {
  const fields = Object.entries(records[name] as Fields)
  const texts = fields.filter(([, type]) => type === 'bytes')
  const lines = fields.map(([field, type], i) => {
    const value = sample(type, i)
    if (typeof value === 'string') return `r.${snake(field)}_length = ${value.length};`
    return `r.${snake(field)} = ${typeof value === 'bigint' ? `UINT64_C(${value})` : `(${type === 'i32' ? 'int32_t' : 'uint32_t'})${value}ll`};`
  })
  const strings = texts.map(([field, type]) => {
    const value = sample(
      type,
      fields.findIndex(([other]) => other === field),
    ) as string
    return `fwrite("${escaped(value)}", 1, ${value.length}, stdout); size += ${value.length};`
  })
  return `{ struct roar_${snake(name)} r; memset(&r, 0, sizeof r); size_t size = sizeof r;
    ${lines.join(' ')}
    ${texts.map(([field]) => `size += r.${snake(field)}_length;`).join(' ')}
    r.record.size = (uint32_t)((size + 7) & ~(size_t)7); r.record.type = ROAR_RECORD_${name.toUpperCase()};
    r.record.sequence = UINT64_C(${sequence}); r.record.pid = ${pid}u; r.record.tid = ${tid}; r.record.flags = ${flags};
    r.record.check = roar_check(UINT64_C(${offset}), r.record.size, r.record.type, r.record.sequence);
    fwrite(&r, 1, sizeof r, stdout); size = sizeof r;
    ${strings.join(' ')}
    while (size++ < r.record.size) putchar(0); }`
}

function writtenByC(): ReadonlyMap<Name, Buffer> {
  const source = join(place, 'golden.c')
  const program = `#include <stdio.h>\n#include <string.h>\n#include "${header}"\nint main(void) {\n${names.map(inC).join('\n')}\nreturn 0; }\n`
  writeFileSync(source, program)
  execFileSync(compiler, ['-std=gnu11', '-Wall', '-o', join(place, 'golden'), source], { stdio: 'inherit' })
  let bytes = execFileSync(join(place, 'golden'))
  const found = new Map<Name, Buffer>()
  for (const name of names) {
    const size = bytes.readUInt32LE(at.size)
    found.set(name, bytes.subarray(0, size))
    bytes = bytes.subarray(size)
  }
  expect(bytes).toHaveLength(0)
  return found
}

const fieldsOf = (name: Name) =>
  Object.fromEntries(Object.entries(records[name] as Fields).map(([field, type], i) => [field, sample(type, i)]))

function writtenByUs(name: Name): Buffer {
  const record = (encoders[name] as (fields: object) => Buffer)(fieldsOf(name))
  record.writeUInt32LE(record.length, at.size)
  record.writeUInt16LE(recordNumbers[name], at.type)
  record.writeBigUInt64LE(BigInt(sequence), at.sequence)
  for (const [value, place] of [
    [pid, at.pid],
    [tid, at.tid],
    [flags, at.flags],
  ] as const)
    record.writeUInt32LE(value, place)
  record.writeUInt16LE(checkOf(offset, record.length, recordNumbers[name], sequence), at.check)
  return record
}

describe('golden bytes', () => {
  it('are there for each kind of record, and for no other', () => {
    expect(Object.keys(golden)).toEqual(names)
  })

  it.each(names)('%s: TypeScript writes and reads the committed bytes', (name) => {
    const bytes = Buffer.from(golden[name] as string, 'hex')
    expect(writtenByUs(name).toString('hex')).toBe(golden[name])
    const decode = decoders[recordNumbers[name]] as (b: Buffer, at: number, size: number, base: object) => object
    const base = { sequence, pid, tid, flags }
    expect(decode(bytes, 0, bytes.length, base)).toEqual({ type: name, ...base, ...fieldsOf(name) })
  })

  it.skipIf(noCompiler)(`C writes the committed bytes${noCompiler}`, () => {
    const found = writtenByC()
    expect(Object.fromEntries(names.map((name) => [name, found.get(name)?.toString('hex')]))).toEqual(golden)
  })
})
