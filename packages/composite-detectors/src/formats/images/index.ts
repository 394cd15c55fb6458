/** Trees of images: with annotations, or with a class for each directory. */
import type { Directory } from '../../directory.ts'
import { type Format, only } from '../../format.ts'

const image = /\.(?:jpe?g|png|bmp|gif|webp|tiff?|ppm|pgm)$/i
const caches = /\.cache$/
/** Names of a directory that are looked at, and directories of a tree. */
const most = { names: 2000, classes: 200 }
/** Fewer images are as likely the figures of a paper. */
const fewest = 10

/** Roboflow's name for them. */
const ownAnnotations = '_annotations.coco.json'

const isCoco = (at: Directory): boolean => {
  const shown = at.names.filter((name) => !name.startsWith('.'))
  const splits = shown.filter(isSplit)
  if (splits.length > 0 && shown.every((name) => isSplit(name) || /^README/.test(name)))
    return splits.every((name) => at.exists(`${name}/${ownAnnotations}`))
  if (at.has(ownAnnotations)) return at.some(image)
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
    recognised:
      '`annotations/*.json` with images or categories, beside directories of images; `_annotations.coco.json` beside images, or in every split',
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

/** How many images in directories of nothing else, or null. */
function inClasses(at: Directory): number | null {
  const shown = at.names.filter((name) => !name.startsWith('.')).slice(0, most.classes)
  if (shown.length < 2) return null
  let images = 0
  for (const name of shown) {
    const count = name.includes('.') ? null : imagesIn(at.list(name))
    if (count === null) return null
    images += count
  }
  return images
}

const metadata = ['metadata.csv', 'metadata.jsonl', 'metadata.parquet']

/** How many images that are told of beside them, or null. */
const inCaptioned = (at: Directory): number | null =>
  metadata.some((name) => at.has(name)) ? at.names.slice(0, most.names).filter((name) => image.test(name)).length : null

const isSplit = (name: string): boolean => /^(?:train|val|valid|validation|test|dev)$/.test(name)

export const imageFolder: Format = {
  name: 'image-folder',
  about: {
    title: 'Image tree',
    recognised:
      'at least two directories of nothing but images, ten or more together, or splits (`train`, `test`, …) of such; or images with `metadata.csv` or `metadata.jsonl`, here or in every split',
    members: 'all',
    whole: 'no marker',
  },
  isRoot: (at) => {
    const captioned = inCaptioned(at)
    if (captioned !== null) return captioned >= fewest
    const shown = at.names.filter((name) => !name.startsWith('.'))
    const parts =
      shown.length > 1 && shown.length < 7 && shown.every(isSplit) ? shown.map((one) => at.below(one)) : [at]
    const counts = parts.map((one) => inClasses(one) ?? inCaptioned(one))
    return !counts.includes(null) && counts.reduce<number>((sum, count) => sum + (count ?? 0), 0) >= fewest
  },
}
