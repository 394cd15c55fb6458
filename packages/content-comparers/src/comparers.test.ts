/** Pairs of real files of each format: the same values in other bytes, numbers within the tolerance, and real differences. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { ContentComparer, ContentDifference } from '@roar/core'
import { tableFromArrays, tableToIPC } from 'apache-arrow'
import { zipSync } from 'fflate'
import { parquetWriteBuffer } from 'hyparquet-writer'
import jpeg from 'jpeg-js'
import { PNG } from 'pngjs'
import { afterAll, describe, expect, it } from 'vitest'
import * as compressed from './arrow/compressed.test-data.ts'
import * as comparers from './index.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-comparers-'))
afterAll(() => rmSync(place, { recursive: true, force: true }))
let files = 0

type Content = string | Uint8Array

function write(name: string, content: Content): string {
  const path = join(place, String(files++), name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  return path
}

const ordered = [
  comparers.createJsonComparer,
  comparers.createCsvComparer,
  comparers.createNumpyComparer,
  comparers.createSafetensorsComparer,
  comparers.createParquetComparer,
  comparers.createArrowComparer,
  comparers.createZarrComparer,
  comparers.createImageComparer,
  comparers.createGzipComparer,
  comparers.createTextComparer,
].map((create) => create() as ContentComparer)

type Compared = ContentDifference & { readonly by: string }

async function comparePaths(name: string, expected: string, found: string): Promise<Compared> {
  for (const comparer of ordered) {
    const pair = { name, format: null, expected, found, tolerance: { relative: 1e-5, absolute: 1e-8 } }
    const result = await comparer.compare(pair)
    if (result) return { ...result, by: comparer.name }
  }
  throw new Error('no comparer answered')
}

const compare = (name: string, expected: Content, found: Content): Promise<Compared> =>
  comparePaths(name, write(name, expected), write(name, found))

function npy(descr: string, shape: string, data: ArrayBufferView, order = 'False'): Uint8Array {
  const text = `{'descr': '${descr}', 'fortran_order': ${order}, 'shape': ${shape}, }`
  const header = Buffer.from(`${text.padEnd(117)}\n`, 'latin1')
  const head = Buffer.from([0x93, ...Buffer.from('NUMPY'), 1, 0, header.length & 255, header.length >> 8])
  return Buffer.concat([head, header, Buffer.from(data.buffer, data.byteOffset, data.byteLength)])
}

function safetensors(tensors: Readonly<Record<string, Float32Array>>): Uint8Array {
  let at = 0
  const header = Object.entries(tensors).map(([name, data]) => {
    const offsets = [at, at + data.byteLength]
    at += data.byteLength
    return [name, { dtype: 'F32', shape: [data.length], data_offsets: offsets }]
  })
  const text = Buffer.from(JSON.stringify(Object.fromEntries(header)))
  const length = Buffer.alloc(8)
  length.writeBigUInt64LE(BigInt(text.length))
  return Buffer.concat([length, text, ...Object.values(tensors).map((one) => Buffer.from(one.buffer))])
}

describe('JSON', () => {
  it('is the same whatever the order of names, the blanks and the spelling of numbers', async () => {
    expect(await compare('a.json', '{"a": 1.50, "b": [1]}', '{ "b":[1],"a":1.5 }')).toMatchObject({
      by: 'json',
      verdict: 'content',
    })
  })
  it('tolerates numbers with a fraction, and names the one that differs most', async () => {
    const said = await compare('a.json', '{"loss": 0.1234567, "n": 3}', '{"loss": 0.1234568, "n": 3}')
    expect(said).toMatchObject({
      verdict: 'tolerance',
      difference: 'one number differs $.loss: 0.1234567, now 0.1234568',
    })
  })
  it('keeps whole numbers apart to the last digit, beyond what a double holds', async () => {
    const said = await compare('a.json', '{"id": 9007199254740993}', '{"id": 9007199254740992}')
    expect(said).toMatchObject({ verdict: 'different', difference: '$.id: 9007199254740993, now 9007199254740992' })
  })
  it('says what is gone and what was added', async () => {
    expect((await compare('a.json', '{"a":{"b":1}}', '{"a":{}}')).difference).toBe('$.a.b: is no longer there')
    expect((await compare('a.jsonl', '{"a":1}\n', '{"a":1}\n{"a":2}\n')).difference).toBe('$: 1 items, now 2')
  })
})

describe('CSV', () => {
  it('is the same whatever its quotes, line ends and the spelling of numbers', async () => {
    expect(await compare('a.csv', 'n,x\n1,"a"\n', '"n","x"\r\n1.0,a\r\n')).toMatchObject({
      by: 'csv',
      verdict: 'content',
    })
  })
  it('names row and column of the first difference', async () => {
    expect((await compare('a.csv', 'n,x\n1,2.5\n', 'n,x\n1,2.6\n')).difference).toBe('row 2, column x: 2.5, now 2.6')
    expect((await compare('a.tsv', 'n\tx\n1\t2\n', 'n\tx\n')).difference).toBe('row 2: is no longer there')
  })
})

describe('NumPy', () => {
  it('is the same in the other byte order', async () => {
    const big = Buffer.alloc(16)
    big.writeDoubleBE(1.5, 0)
    big.writeDoubleBE(-2, 8)
    const said = await compare('a.npy', npy('<f8', '(2,)', new Float64Array([1.5, -2])), npy('>f8', '(2,)', big))
    expect(said).toMatchObject({ by: 'numpy', verdict: 'content' })
  })
  it('tolerates the last digits, not more, and names the element', async () => {
    const first = npy('<f4', '(2, 2)', new Float32Array([1, 2, 3, 4]))
    expect(await compare('a.npy', first, npy('<f4', '(2, 2)', new Float32Array([1, 2, 3.000001, 4])))).toMatchObject({
      verdict: 'tolerance',
    })
    const said = await compare('a.npy', first, npy('<f4', '(2, 2)', new Float32Array([1, 2, 3.5, 4])))
    expect(said).toMatchObject({ verdict: 'different', difference: '[1, 0]: 3, now 3.5' })
  })
  it('has no tolerance for whole numbers, and none for another type', async () => {
    const counts = npy('<i8', '(1,)', new BigInt64Array([1_000_000n]))
    expect((await compare('a.npy', counts, npy('<i8', '(1,)', new BigInt64Array([1_000_001n])))).verdict).toBe(
      'different',
    )
    const said = await compare('a.npy', counts, npy('<f8', '(1,)', new Float64Array([1e6])))
    expect(said.difference).toBe('type: "i8", now "f8"')
  })
  it('reads half precision, and takes NaN for equal to NaN', async () => {
    const halves = (bits: number[]) => npy('<f2', `(${bits.length},)`, new Uint16Array(bits))
    expect((await compare('a.npy', halves([0x3c00, 0x7e00]), halves([0x3c00, 0x7e01]))).verdict).toBe('content')
    expect((await compare('a.npy', halves([0x3c00]), halves([0x4000]))).difference).toBe('[0]: 1, now 2')
  })
  it('compares archives by the names in them, not by their times', async () => {
    const array = npy('<f8', '(1,)', new Float64Array([1]))
    const zip = (level: 0 | 9, year: number) => zipSync({ 'w.npy': array }, { level, mtime: new Date(year, 1, 1) })
    expect(await compare('a.npz', zip(0, 2001), zip(9, 2020))).toMatchObject({ by: 'numpy', verdict: 'content' })
    expect((await compare('a.npz', zip(0, 2001), zipSync({ 'v.npy': array }))).difference).toBe('w: is no longer there')
  })
})

describe('safetensors', () => {
  const tensors = { a: new Float32Array([1, 2]), b: new Float32Array([3]) }
  it('is the same in another order of tensors', async () => {
    expect(
      await compare('m.safetensors', safetensors(tensors), safetensors({ b: tensors.b, a: tensors.a })),
    ).toMatchObject({ by: 'safetensors', verdict: 'content' })
  })
  it('names tensor and element', async () => {
    const said = await compare(
      'm.safetensors',
      safetensors(tensors),
      safetensors({ ...tensors, b: new Float32Array([4]) }),
    )
    expect(said).toMatchObject({ verdict: 'different', difference: 'b[0]: 3, now 4' })
  })
})

describe('Parquet', () => {
  const table = (score: number, codec: 'SNAPPY' | 'UNCOMPRESSED') =>
    new Uint8Array(
      parquetWriteBuffer({
        codec,
        columnData: [
          { name: 'name', data: ['ann', 'bob'], type: 'STRING' },
          { name: 'score', data: [1.5, score], type: 'DOUBLE' },
        ],
      }),
    )
  it('is the same whatever its compression', async () => {
    expect(await compare('t.parquet', table(2, 'SNAPPY'), table(2, 'UNCOMPRESSED'))).toMatchObject({
      by: 'parquet',
      verdict: 'content',
    })
  })
  it('names row and column', async () => {
    expect(await compare('t.parquet', table(2.5, 'SNAPPY'), table(2.5000001, 'SNAPPY'))).toMatchObject({
      verdict: 'tolerance',
    })
    expect((await compare('t.parquet', table(2.5, 'SNAPPY'), table(3.5, 'SNAPPY'))).difference).toBe(
      'row 2.score: 2.5, now 3.5',
    )
  })
})

describe('Arrow', () => {
  const table = (last: number) => tableFromArrays({ x: new Float64Array([1.5, last]), y: ['a', 'b'] })
  it('is the same as a file and as a stream', async () => {
    const [file, stream] = [tableToIPC(table(2), 'file'), tableToIPC(table(2), 'stream')]
    expect(await compare('t.arrow', file, stream)).toMatchObject({ by: 'arrow', verdict: 'content' })
  })
  it('names row and column of the first difference', async () => {
    expect((await compare('t.arrow', tableToIPC(table(2.5)), tableToIPC(table(3.5)))).difference).toBe(
      'row 2, column x: 2.5, now 3.5',
    )
  })
})

describe('Compressed Arrow', () => {
  const [lz4, zstd, changed] = [compressed.lz4, compressed.zstd, compressed.lz4Changed].map((text) =>
    Buffer.from(text, 'base64'),
  ) as [Buffer, Buffer, Buffer]
  it('is the same under LZ4 and Zstandard', async () => {
    expect(await compare('a.feather', lz4, zstd)).toMatchObject({ by: 'arrow', verdict: 'content' })
  })
  it('names row and column of the first difference', async () => {
    expect((await compare('a.arrow', lz4, changed)).difference).toBe(
      'row 6, column s: "abcabcabcabcabcab", now "abcabcabcabcabcaX"',
    )
  })
})

describe('Gzip', () => {
  const later = (content: string): Uint8Array => {
    const packed = gzipSync(content, { level: 1 })
    packed.writeUInt32LE(1_700_000_000, 4)
    return packed
  }
  it('is the same whatever its time and level', async () => {
    expect(await compare('a.log.gz', gzipSync('one'), later('one'))).toMatchObject({ by: 'gzip', verdict: 'content' })
  })
  it('holds what is compared by its own format', async () => {
    expect(await compare('a.csv.gz', gzipSync('n,x\n1,2\n'), later('n,x\n1.0,"2"\n'))).toMatchObject({
      by: 'gzip',
      verdict: 'content',
    })
    expect((await compare('a.csv.gz', gzipSync('n\n1\n'), later('n\n2\n'))).difference).toBe(
      'row 2, column n: 1, now 2',
    )
    expect((await compare('a.log.gz', gzipSync('one'), later('two'))).difference).toBe('line 1: "one", now "two"')
  })
})

describe('Zarr', () => {
  const zarr = (chunk: number, values: number[]): string => {
    const head = {
      zarr_format: 2,
      shape: [4],
      chunks: [chunk],
      dtype: '<f8',
      compressor: null,
      fill_value: 0,
      order: 'C',
      filters: null,
    }
    const path = write('z.zarr/.zgroup', '{"zarr_format": 2}').replace(/\/\.zgroup$/, '')
    mkdirSync(join(path, 'x'))
    writeFileSync(join(path, 'x/.zarray'), JSON.stringify(head))
    for (let at = 0; at < 4; at += chunk)
      writeFileSync(join(path, `x/${at / chunk}`), new Float64Array(values.slice(at, at + chunk)))
    return path
  }
  it('is the same in other chunks', async () => {
    expect(await comparePaths('z.zarr', zarr(4, [1, 2, 3, 4]), zarr(2, [1, 2, 3, 4]))).toMatchObject({
      by: 'zarr',
      verdict: 'content',
    })
  })
  it('names array and element', async () => {
    const said = await comparePaths('z.zarr', zarr(2, [1, 2, 3, 4]), zarr(2, [1, 2, 3, 5]))
    expect(said).toMatchObject({ verdict: 'different', difference: 'x[3]: 4, now 5' })
  })
})

describe('Images', () => {
  const picture = (red: number) => ({ width: 2, height: 1, data: Buffer.from([red, 0, 0, 255, 9, 9, 9, 255]) })
  const png = (red: number, level: number): Uint8Array => {
    const image = new PNG({ width: 2, height: 1 })
    image.data = picture(red).data
    return PNG.sync.write(image, { deflateLevel: level })
  }
  it('are the same whatever their compression', async () => {
    const [a, b] = [png(7, 0), png(7, 9)]
    expect(Buffer.from(a).equals(Buffer.from(b))).toBe(false)
    expect(await compare('p.png', a, b)).toMatchObject({ by: 'image', verdict: 'content' })
  })
  it('differ by a pixel, which is named', async () => {
    expect((await compare('p.png', png(7, 9), png(8, 9))).difference).toBe('pixel (0, 0), red: 7, now 8')
  })
  it('are read as JPEG, too', async () => {
    const [a, b] = [jpeg.encode(picture(0), 90).data, jpeg.encode(picture(255), 90).data]
    expect(await compare('p.jpg', a, b)).toMatchObject({ by: 'image', verdict: 'different' })
  })
})

describe('Anything else', () => {
  it('shows the first line that differs', async () => {
    expect(await compare('a.txt', 'one\ntwo\n', 'one\n2\n')).toMatchObject({
      by: 'text',
      verdict: 'different',
      difference: 'line 2: "two", now "2"',
    })
  })
  it('shows the first byte that differs, of what is no text', async () => {
    expect((await compare('a.bin', Buffer.from([0, 1, 2]), Buffer.from([0, 1, 3]))).difference).toBe(
      'byte 2: 0x02, now 0x03',
    )
  })
  it('says that one is longer', async () => {
    expect((await compare('a.txt', 'one\n', 'one\ntwo\n')).difference).toBe('4 bytes, now 8; the first 4 are the same')
  })
  it('a damaged file of a known format is an error, not an equal', async () => {
    await expect(
      compare('a.npy', npy('<f8', '(9,)', new Float64Array(1)), npy('<f8', '(9,)', new Float64Array([2]))),
    ).rejects.toThrow('shorter')
  })
})
