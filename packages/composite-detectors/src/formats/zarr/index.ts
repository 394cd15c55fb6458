/** Zarr v2 and v3: arrays and groups, however deep; OME-Zarr is one with a multiscale image in it. */
import type { BytePath } from '@roar/core'
import { type Directory, parseObject } from '../../directory.ts'
import type { Format } from '../../format.ts'

function isZarr(at: Directory): boolean {
  const says = (name: string, version: number): boolean => at.has(name) && at.json(name)?.zarr_format === version
  return says('.zgroup', 2) || says('.zarray', 2) || says('zarr.json', 3)
}

/** In the attributes of v2, or those of v3 under `ome` (NGFF 0.5). */
function isImage(at: Directory): boolean {
  if (!isZarr(at)) return false
  const attributes = at.has('zarr.json') ? at.json('zarr.json')?.attributes : at.json('.zattrs')
  const text = JSON.stringify(attributes ?? {})
  const has = (name: string): boolean => Array.isArray(parseObject(text)?.[name])
  const ome = parseObject(JSON.stringify(parseObject(text)?.ome ?? null))
  const isSeries = [parseObject(text), ome].some((one) => one?.['bioformats2raw.layout'] !== undefined)
  return isSeries || has('multiscales') || isPlate(parseObject(text)) || Array.isArray(ome?.multiscales) || isPlate(ome)
}

const isPlate = (attributes: Readonly<Record<string, unknown>> | null): boolean => typeof attributes?.plate === 'object'

/** A writer that renames chunks into place leaves such names when it dies. */
const unfinished = (path: BytePath): boolean => /\.partial$|\.__[0-9a-f]{32}$/.test(path)

const members: Format['members'] = (paths) => {
  const left = paths.filter(unfinished)
  if (left.length === 0) return { members: null, incomplete: null }
  return { members: paths.filter((path) => !unfinished(path)), incomplete: `${left.length} chunks were not finished` }
}

const about = {
  recognised: '`.zgroup` or `.zarray` with `zarr_format` 2, or `zarr.json` with 3; the outermost one',
  members: 'all: metadata, consolidated metadata, chunks, shards. A missing chunk is a fill value: absence is content',
  whole: 'no marker; chunks under temporary names make it incomplete',
}

export const omeZarr: Format = {
  name: 'ome-zarr',
  about: {
    ...about,
    title: 'OME-Zarr',
    recognised: `a Zarr with \`multiscales\`, \`plate\` or \`bioformats2raw.layout\` in its attributes`,
  },
  isRoot: isImage,
  members,
}
export const zarr: Format = { name: 'zarr', about: { ...about, title: 'Zarr v2, v3' }, isRoot: isZarr, members }
