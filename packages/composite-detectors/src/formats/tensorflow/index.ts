/** What TensorFlow and its family write: SavedModel, checkpoints, TFDS and RLDS data sets. */
import type { BytePath } from '@roar/core'
import { type Format, unless, whole } from '../../format.ts'
import { parseOfTotal } from '../../numbered.ts'

export const savedModel: Format = {
  name: 'saved-model',
  about: {
    title: 'TensorFlow SavedModel',
    recognised: '`saved_model.pb` or `saved_model.pbtxt`',
    members: 'all',
    whole: 'the variables that the index names in shards are all there',
  },
  isRoot: (at) => at.has('saved_model.pb') || at.has('saved_model.pbtxt'),
  members: (paths) => ({ members: null, incomplete: missingShards(paths) }),
}

/** Each `x-SSSSS-of-NNNNN` needs the others. */
function missingShards(paths: readonly BytePath[]): string | null {
  const there = new Set<string>(paths)
  for (const path of paths) {
    const shard = parseOfTotal(path)
    for (let i = 0; shard?.total && i < shard.total; i++)
      if (!there.has(shard.nameOf(i))) return `${shard.nameOf(i)} is missing`
  }
  return null
}

const part = /^(.+)\.(?:index|meta|data-\d{5}-of-\d{5})$/

export const checkpoint: Format = {
  name: 'tf-checkpoint',
  about: {
    title: 'TensorFlow checkpoint',
    recognised: '`NAME.index` beside `NAME.data-00000-of-0000N`',
    members: 'the index, its data and its graph; `checkpoint`, which is rewritten for each, stays a file',
    whole: 'all data files are there',
  },
  family: (name, at) => {
    const stem = part.exec(name)?.[1]
    if (stem === undefined) return null
    const isOne = at.once(`${stem}.index`, () => at.exists(`${stem}.index`) && at.some(dataOf(stem)))
    at.forget()
    return isOne ? `${stem}.*` : null
  },
  members: (paths, _, family) => {
    const stem = family?.slice(0, -2) ?? ''
    const own = paths.filter((path) => part.exec(path)?.[1] === stem)
    return { members: own, incomplete: missingShards(own) }
  },
}

const dataOf = (stem: string): RegExp =>
  new RegExp(`^${stem.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.data-\\d{5}-of-\\d{5}$`)

export const tfds: Format = {
  name: 'tfds',
  about: {
    title: 'TFDS, RLDS',
    recognised: '`dataset_info.json` with `features.json`',
    members: 'all: TFRecord, ArrayRecord, Riegeli or Parquet shards with their description',
    whole: 'no shard is missing; the directory is not called `incomplete.*`',
  },
  isRoot: (at) => at.has('dataset_info.json') && at.has('features.json'),
  members: (paths, at) =>
    at.name.startsWith('incomplete.')
      ? unless(false, 'the writer has not renamed it yet')
      : { ...whole, incomplete: missingShards(paths) },
}
