/** NumPy's .npy and .npz. */
import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs'
import type { ContentComparer, ContentPair } from '@roar/core'
import { ascii, bothBegin, hasEnding } from '../format.ts'
import { bufferRegion, fileRegion } from '../region.ts'
import { Tally } from '../tally.ts'
import { compareNpy } from './compare-npy.ts'

export const createNumpyComparer = (): ContentComparer => ({
  name: 'numpy',
  async compare(pair) {
    const tally = new Tally(pair.tolerance)
    if (bothBegin(pair, ascii('\x93NUMPY'))) compareFiles(tally, pair)
    else if (hasEnding(pair, /\.npz$/i) && bothBegin(pair, ascii('PK'))) await compareArchives(tally, pair)
    else return null
    return tally.result()
  },
})

function compareFiles(tally: Tally, { expected, found }: ContentPair): void {
  const files = [openSync(expected, 'r'), openSync(found, 'r')] as const
  try {
    const [a, b] = files.map((file) => fileRegion(file, 0, fstatSync(file).size))
    if (a && b) compareNpy(tally, a, b, '')
  } finally {
    for (const file of files) closeSync(file)
  }
}

/** Times of members and their compression mean nothing. */
async function compareArchives(tally: Tally, { expected, found }: ContentPair): Promise<void> {
  const { unzipSync } = await import('fflate')
  const [a, b] = [unzipSync(readFileSync(expected)), unzipSync(readFileSync(found))]
  for (const [name, bytes] of Object.entries(a)) {
    const other = b[name]
    const array = name.replace(/\.npy$/, '')
    if (other === undefined) tally.differs(`${array}: is no longer there`)
    else compareNpy(tally, bufferRegion(bytes), bufferRegion(other), array)
    if (tally.different) return
  }
  const added = Object.keys(b).find((name) => a[name] === undefined)
  if (added !== undefined) tally.differs(`${added.replace(/\.npy$/, '')}: was not there`)
}
