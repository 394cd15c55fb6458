/** Arrow's files and streams (Feather): columns and rows as values; how they are cut into batches means nothing. */
import { readFileSync } from 'node:fs'
import type { ContentComparer } from '@roar/core'
import { compareValues } from '../compare-values.ts'
import { ascii, bothBegin, hasEnding } from '../format.ts'
import { Tally } from '../tally.ts'

export const createArrowComparer = (): ContentComparer => ({
  name: 'arrow',
  async compare(pair) {
    if (!bothBegin(pair, ascii('ARROW1')) && !hasEnding(pair, /\.(arrow|arrows|feather)$/i)) return null
    const { tableFromIPC } = await reader()
    const tally = new Tally(pair.tolerance)
    compareTables(tally, tableFromIPC(readFileSync(pair.expected)), tableFromIPC(readFileSync(pair.found)))
    return tally.result()
  },
})

/** Its buffers may be compressed: Feather's are, unless told otherwise. */
async function reader() {
  const [arrow, { decompressZstd }, { decodeLz4Frame }] = await Promise.all([
    import('apache-arrow'),
    import('hyparquet-compressors'),
    import('./lz4-frame.ts'),
  ])
  const { compressionRegistry, CompressionType } = arrow
  compressionRegistry.set(CompressionType.LZ4_FRAME, { decode: decodeLz4Frame })
  // A copy: numbers of eight bytes are read in place, which asks for a begin that is a multiple of eight.
  compressionRegistry.set(CompressionType.ZSTD, { decode: (bytes) => decompressZstd(bytes).slice() })
  return arrow
}

interface Table {
  readonly numRows: number
  readonly schema: { readonly fields: readonly { readonly name: string; readonly type: { toString(): string } }[] }
  getChildAt(index: number): { get(index: number): unknown } | null
}

function compareTables(tally: Tally, expected: Table, found: Table): boolean {
  const columns = (table: Table) => Object.fromEntries(table.schema.fields.map((one) => [one.name, String(one.type)]))
  if (!compareValues(tally, columns(expected), columns(found), () => 'columns')) return false
  const order = found.schema.fields.map((one) => one.name)
  for (const [index, { name }] of expected.schema.fields.entries()) {
    const [a, b] = [expected.getChildAt(index), found.getChildAt(order.indexOf(name))]
    for (let row = 0; row < Math.min(expected.numRows, found.numRows); row++) {
      if (!compareValues(tally, plain(a?.get(row)), plain(b?.get(row)), () => `row ${row + 1}, column ${name}`))
        return false
    }
  }
  return tally.same(expected.numRows, found.numRows, () => 'rows')
}

/** Nested values are views on Arrow's memory. */
const plain = (value: unknown): unknown => {
  const toJson = (value as { toJSON?: () => unknown } | null)?.toJSON
  return typeof toJson === 'function' ? toJson.call(value) : value
}
