/** Tables as text: quoting, line ends and the spelling of numbers mean nothing. The order of rows does. */
import { createReadStream } from 'node:fs'
import type { ContentComparer } from '@roar/core'
import { hasEnding } from '../format.ts'
import { shown, Tally } from '../tally.ts'
import { compareWritten, isWritten } from '../written-number.ts'

type Row = readonly string[]

export const createCsvComparer = (): ContentComparer => ({
  name: 'csv',
  async compare(pair) {
    if (!hasEnding(pair, /\.(csv|tsv|tab)$/i)) return null
    const { parse } = await import('csv-parse')
    const delimiter = hasEnding(pair, /\.csv$/i) ? [',', ';'] : '\t'
    const rows = (path: string): AsyncIterator<Row> => {
      const parser = parse({ bom: true, delimiter, relax_column_count: true, skip_empty_lines: true })
      const stream = createReadStream(path)
      stream.on('error', (error) => parser.destroy(error))
      return stream.pipe(parser)[Symbol.asyncIterator]()
    }
    const tally = new Tally(pair.tolerance)
    await compareRows(tally, rows(pair.expected), rows(pair.found))
    return tally.result()
  },
})

async function compareRows(tally: Tally, expected: AsyncIterator<Row>, found: AsyncIterator<Row>): Promise<void> {
  let names: Row | null = null
  for (let number = 1; !tally.different; number++) {
    const [a, b] = await Promise.all([expected.next(), found.next()])
    if (a.done && b.done) break
    if (a.done || b.done) tally.differs(a.done ? `row ${number}: was not there` : `row ${number}: is no longer there`)
    else compareRow(tally, a.value, b.value, { number, names })
    if (!a.done) names ??= a.value
  }
  await Promise.all([expected.return?.(), found.return?.()])
}

function compareRow(tally: Tally, expected: Row, found: Row, at: { number: number; names: Row | null }): void {
  for (let i = 0; i < Math.max(expected.length, found.length); i++) {
    const where = () => `row ${at.number}, column ${at.names?.[i] ?? i + 1}`
    if (!compareCell(tally, expected[i], found[i], where)) return
  }
}

function compareCell(
  tally: Tally,
  expected: string | undefined,
  found: string | undefined,
  where: () => string,
): boolean {
  if (expected === undefined || found === undefined)
    return expected === found || tally.differs(`${where()}: ${shown(expected)}, now ${shown(found)}`)
  if (isWritten(expected) && isWritten(found)) return compareWritten(tally, expected, found, where)
  return tally.same(expected, found, where)
}
