/** Parquet: columns and rows as values; row groups, encodings, compression and who wrote it mean nothing. */
import type { ContentComparer } from '@roar/core'
import { compareValues } from '../compare-values.ts'
import { ascii, bothBegin } from '../format.ts'
import { Tally } from '../tally.ts'

/** Rows in memory at once, of each file. */
const atOnce = 20_000

export const createParquetComparer = (): ContentComparer => ({
  name: 'parquet',
  async compare(pair) {
    if (!bothBegin(pair, ascii('PAR1'))) return null
    const [{ parquetMetadataAsync, parquetReadObjects, parquetSchema }, { compressors }, { asyncBufferFromFile }] =
      await Promise.all([import('hyparquet'), import('hyparquet-compressors'), import('hyparquet/src/node.js')])
    const open = async (path: string) => {
      const file = await asyncBufferFromFile(path)
      const metadata = await parquetMetadataAsync(file)
      const columns = parquetSchema(metadata).children.map(({ element }) => [element.name, typeOf(element)] as const)
      const rows = (from: number) =>
        parquetReadObjects({
          file,
          metadata,
          compressors,
          rowStart: from,
          rowEnd: Math.min(from + atOnce, Number(metadata.num_rows)),
        })
      return { columns: Object.fromEntries(columns), count: Number(metadata.num_rows), rows }
    }
    const tally = new Tally(pair.tolerance)
    await compareTables(tally, await open(pair.expected), await open(pair.found))
    return tally.result()
  },
})

const typeOf = (element: {
  readonly type?: unknown
  readonly logical_type?: unknown
  readonly converted_type?: unknown
}): string => JSON.stringify([element.type, element.logical_type ?? element.converted_type ?? null])

interface Table {
  readonly columns: Readonly<Record<string, string>>
  readonly count: number
  rows(from: number): Promise<readonly Readonly<Record<string, unknown>>[]>
}

async function compareTables(tally: Tally, expected: Table, found: Table): Promise<boolean> {
  if (!compareValues(tally, expected.columns, found.columns, () => 'columns')) return false
  for (let from = 0; from < Math.min(expected.count, found.count); from += atOnce) {
    const [a, b] = await Promise.all([expected.rows(from), found.rows(from)])
    for (let i = 0; i < Math.min(a.length, b.length); i++) {
      if (!compareValues(tally, a[i], b[i], () => `row ${from + i + 1}`)) return false
    }
  }
  return tally.same(expected.count, found.count, () => 'rows')
}
