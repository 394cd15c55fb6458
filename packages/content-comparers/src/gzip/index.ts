/** One file under gzip: what it holds is compared by its own format. When it was packed, by what and how hard means nothing. */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type { ContentComparer, ContentDifference, ContentPair } from '@roar/core'
import { createArrowComparer } from '../arrow/index.ts'
import { createCsvComparer } from '../csv/index.ts'
import { bothBegin } from '../format.ts'
import { createImageComparer } from '../image/index.ts'
import { createJsonComparer } from '../json/index.ts'
import { createNumpyComparer } from '../numpy/index.ts'
import { createParquetComparer } from '../parquet/index.ts'
import { createSafetensorsComparer } from '../safetensors/index.ts'
import { createTextComparer } from '../text/index.ts'

const begin = [0x1f, 0x8b]

/** Asked in this order for what was packed; the last one answers for everything. */
const formats = [
  createJsonComparer,
  createCsvComparer,
  createNumpyComparer,
  createSafetensorsComparer,
  createParquetComparer,
  createArrowComparer,
  createImageComparer,
  createTextComparer,
]

export const createGzipComparer = (): ContentComparer => ({
  name: 'gzip',
  async compare(pair) {
    if (!bothBegin(pair, begin)) return null
    const place = mkdtempSync(join(tmpdir(), 'roar-gzip-'))
    try {
      return await compareUnpacked({
        ...pair,
        name: pair.name.replace(/\.gz$/i, ''),
        expected: await unpack(pair.expected, join(place, 'expected')),
        found: await unpack(pair.found, join(place, 'found')),
      })
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  },
})

async function compareUnpacked(pair: ContentPair): Promise<ContentDifference> {
  for (const create of formats) {
    const said = await create().compare(pair)
    // What tells bytes alone finds no difference: they are the same.
    if (said?.difference === null) return { verdict: 'content', difference: null }
    if (said) return said
  }
  return { verdict: 'different', difference: null }
}

async function unpack(from: string, to: string): Promise<string> {
  await pipeline(createReadStream(from), createGunzip(), createWriteStream(to, { mode: 0o600 }))
  return to
}
