/** Trees of images: with annotations, or with a class for each directory. */
import type { Directory } from '../../directory.ts'
import { type Format, only } from '../../format.ts'

const image = /\.(?:jpe?g|png|bmp|gif|webp|tiff?|ppm|pgm)$/i
const caches = /\.cache$/
/** Names of a directory that are looked at, and directories of a tree. */
const most = { names: 2000, classes: 200 }
/** Fewer images are as likely the figures of a paper. */
const fewest = 10

const isCoco = (at: Directory): boolean => {
  if (!at.has('annotations')) return false
  const [file] = at.list('annotations').filter((name) => name.endsWith('.json'))
  const head = Buffer.from((file && at.head(`annotations/${file}`, 65_536)) ?? []).toString('latin1')
  return (
    /"(?:images|annotations|categories|info)"\s*:/.test(head) &&
    at.names.some((name) => at.list(name).some((one) => image.test(one)))
  )
}

export const coco: Format = {
  name: 'coco',
  about: {
    title: 'COCO',
    recognised: '`annotations/*.json` with images or categories, beside directories of images',
    members: 'all',
    whole: 'no marker',
  },
  isRoot: isCoco,
}

export const yolo: Format = {
  name: 'yolo',
  about: {
    title: 'YOLO',
    recognised:
      '`labels/` of text files beside `images/` (at the top or in every split), or a YAML with `names` beside them',
    members: 'all but label caches',
    whole: 'no marker',
  },
  isRoot: (at) => {
    if (at.has('images') && at.has('labels')) return isLabelled(at.below('labels'))
    const splits = at.names.filter((name) => /^(?:train|val|valid|test)$/.test(name))
    return splits.length > 0 && at.some(/\.ya?ml$/) && splits.every((name) => isPair(at.list(name)))
  },
  members: (paths) => only(paths, (path) => !caches.test(path)),
}

/** By text files, here or in every split. */
const isLabelled = (labels: Directory, isSplit = false): boolean =>
  labels.names.some((name) => name.endsWith('.txt')) ||
  (!isSplit && labels.names.slice(0, most.classes).some((name) => isLabelled(labels.below(name), true)))

const isPair = (names: readonly string[]): boolean => names.includes('images') && names.includes('labels')

/** How many images, or null where something else lies there. */
function imagesIn(names: readonly string[]): number | null {
  const shown = names.slice(0, most.names).filter((name) => !name.startsWith('.'))
  return shown.length > 0 && shown.every((name) => image.test(name)) ? shown.length : null
}

function isClassTree(at: Directory): boolean {
  const shown = at.names.filter((name) => !name.startsWith('.')).slice(0, most.classes)
  if (shown.length < 2) return false
  let images = 0
  for (const name of shown) {
    if (name.includes('.')) return false
    const count = imagesIn(at.list(name))
    if (count === null) return false
    images += count
  }
  return images >= fewest
}

const isSplit = (name: string): boolean => /^(?:train|val|valid|validation|test|dev)$/.test(name)

export const imageFolder: Format = {
  name: 'image-folder',
  about: {
    title: 'Image tree',
    recognised:
      'at least two directories of nothing but images, ten or more together, or splits (`train`, `test`, …) of such; or images with `metadata.csv` or `metadata.jsonl`',
    members: 'all',
    whole: 'no marker',
  },
  isRoot: (at) => {
    const { names } = at
    if (['metadata.csv', 'metadata.jsonl', 'metadata.parquet'].some((name) => at.has(name)))
      return names.slice(0, most.names).filter((name) => image.test(name)).length >= fewest
    const shown = names.filter((name) => !name.startsWith('.'))
    if (shown.length > 1 && shown.length < 7 && shown.every(isSplit))
      return shown.every((name) => isClassTree(at.below(name)))
    return isClassTree(at)
  },
}
