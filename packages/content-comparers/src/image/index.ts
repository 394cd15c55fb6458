/** PNG and JPEG: the picture, not its compression or its notes. */
import { readFileSync } from 'node:fs'
import type { ContentComparer, ContentPair } from '@roar/core'
import { ascii, bothBegin } from '../format.ts'
import { Tally } from '../tally.ts'

interface Picture {
  readonly width: number
  readonly height: number
  /** Red, green, blue, alpha of each pixel. */
  readonly data: Uint8Array
}

export const createImageComparer = (): ContentComparer => ({
  name: 'image',
  async compare(pair) {
    const read = await readerOf(pair)
    if (read === null) return null
    const tally = new Tally(pair.tolerance)
    comparePictures(tally, read(readFileSync(pair.expected)), read(readFileSync(pair.found)))
    return tally.result()
  },
})

async function readerOf(pair: ContentPair): Promise<((bytes: Buffer) => Picture) | null> {
  if (bothBegin(pair, ascii('\x89PNG\r\n\x1a\n'))) {
    const { PNG } = await import('pngjs')
    // Sixteen bits are kept: two pictures that differ only in the lower eight are two.
    return (bytes) => PNG.sync.read(bytes, { skipRescale: true } as object)
  }
  if (!bothBegin(pair, [0xff, 0xd8, 0xff])) return null
  const { decode } = (await import('jpeg-js')).default
  return (bytes) => decode(bytes, { useTArray: true, maxMemoryUsageInMB: 4096, maxResolutionInMP: 1000 })
}

const channels = ['red', 'green', 'blue', 'alpha']

function comparePictures(tally: Tally, expected: Picture, found: Picture): boolean {
  const size = ({ width, height }: Picture) => `${width}×${height}`
  if (!tally.same(size(expected), size(found), () => 'size')) return false
  for (let i = 0; i < expected.data.length; i++) {
    const where = () => {
      const pixel = Math.floor(i / 4)
      return `pixel (${pixel % expected.width}, ${Math.floor(pixel / expected.width)}), ${channels[i % 4]}`
    }
    if (!tally.sample(expected.data[i] as number, found.data[i] as number, where)) return false
  }
  return true
}
