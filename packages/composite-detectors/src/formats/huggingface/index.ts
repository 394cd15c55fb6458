/** What Hugging Face's libraries write: data sets on disk, the hub's cache, model directories, sharded weights. */
import { type BytePath, fromString } from '@roar/core'
import { type Directory, parseObject } from '../../directory.ts'
import { type Format, only } from '../../format.ts'
import { unended } from '../../unended.ts'

const isDataset = (at: Directory): boolean =>
  at.has('dataset_dict.json') || (at.has('dataset_info.json') && at.some(at.has('state.json') ? /\.arrow$/ : prepared))

/** `dataset.arrow` of old; `NAME-SPLIT.arrow` and its shards as `load_dataset` prepares them, without a `state.json`. */
const prepared = /^dataset\.arrow$|^[\w.-]+-[\w.]+?(?:-\d{5}-of-\d{5})?\.arrow$/
/** What `map` and its like leave beside. */
const results = /(?:^|\/)(?:cache-[0-9a-z_-]+\.arrow|tmp\w{8}|.*\.lock)$/
const isPrepared = (paths: readonly BytePath[]): boolean => !paths.some((path) => /(?:^|\/)state\.json$/.test(path))

/** Every `state.json` lists the files of its split. */
function missingData(paths: readonly BytePath[], at: Directory): string | null {
  const there = new Set<string>(paths)
  const states = paths.filter((path) => /(?:^|\/)state\.json$/.test(path))
  for (const state of states) {
    const folder = state.slice(0, -'state.json'.length)
    const files = at.json(state)?._data_files
    for (const one of Array.isArray(files) ? files : []) {
      const name = parseObject(JSON.stringify(one))?.filename
      if (typeof name === 'string' && !there.has(folder + fromString(name))) return `${folder}${name} is missing`
    }
  }
  return states.length > 0 || there.has('dataset_info.json') ? null : 'there is no state.json'
}

export const huggingFaceDataset: Format = {
  name: 'huggingface-dataset',
  about: {
    title: 'Hugging Face data set on disk',
    recognised:
      '`state.json` with `dataset_info.json` and Arrow files, or `dataset_dict.json`; `dataset_info.json` beside `NAME-SPLIT.arrow`, as `load_dataset` prepares it',
    members:
      'all; of a prepared one not the results of `map` beside it. `state.json` has a fingerprint that changes at every save: two saves are two versions',
    whole: 'every file that a `state.json` lists is there',
  },
  isRoot: isDataset,
  members: (paths, at) =>
    isPrepared(paths) && !at.exists('dataset_dict.json')
      ? only(
          paths,
          (path) => !results.test(path),
          at.name.endsWith('.incomplete') ? 'the writer has not renamed it yet' : null,
        )
      : { members: null, incomplete: missingData(paths, at) },
}

export const huggingFaceCache: Format = {
  name: 'huggingface-cache',
  about: {
    title: 'Hugging Face hub cache',
    recognised: '`models--ORG--NAME/`, `datasets--…` with `blobs/` and `snapshots/`',
    members: 'blobs, and the links of the snapshots; no locks, no notes on what is not there',
    whole: 'no `.incomplete` download',
  },
  isRoot: (at) => /^(?:models|datasets|spaces)--/.test(at.name) && at.has('blobs') && at.has('snapshots'),
  members: (paths) =>
    only(
      paths,
      (path) => /^(?:blobs|snapshots|refs)\//.test(path) && !path.endsWith('.incomplete') && !path.endsWith('.lock'),
      paths.some((path) => path.endsWith('.incomplete')) ? 'a download is not finished' : null,
    ),
}

const weights = /\.(?:safetensors|gguf|msgpack)$|^pytorch_model.*\.bin$|^tf_model|^flax_model/
/** Other programs have such files beside a config.json of their own. */
const perhapsWeights = /\.(?:onnx|h5)$|^model.*\.bin$/
const settings = ['model_type', 'architectures', 'architecture', '_class_name', 'class_name', 'transformers_version']
const vocabulary = /^(?:tokenizer|vocabulary|vocab)\b/
const boilerplate = /(?:^|\/)(?:\.cache\/|\.git\/)/

const indexName = /\.(?:safetensors|bin)\.index(?:\.[\w-]+)?\.json$/

/** An index of shards names every file. */
function missingShards(paths: readonly BytePath[], at: Directory): string | null {
  const there = new Set<string>(paths)
  for (const index of paths.filter((path) => indexName.test(path))) {
    const lost = shardsOf(at, index).find((name) => !there.has(name))
    if (lost !== undefined) return `${lost} is missing`
  }
  return null
}

/** Relative to the directory; the map may be larger than a text file is. */
function shardsOf(at: Directory, index: string): readonly string[] {
  const bytes = at.bytes(index)
  const map = parseObject(JSON.stringify(parseObject(bytes && Buffer.from(bytes).toString('utf8'))?.weight_map ?? null))
  const folder = index.slice(0, index.lastIndexOf('/') + 1)
  return [...new Set(Object.values(map ?? {}))]
    .filter((one) => typeof one === 'string')
    .map((name) => folder + fromString(name))
}

function isModel(at: Directory): boolean {
  if (at.has('model_index.json')) return typeof at.json('model_index.json')?._class_name === 'string'
  if (at.has('adapter_config.json')) return at.some(/^adapter_model\./)
  if (!at.has('config.json')) return false
  return at.some(weights) || (at.some(perhapsWeights) && (at.some(vocabulary) || isSettings(at.json('config.json'))))
}

const isSettings = (config: Readonly<Record<string, unknown>> | null): boolean =>
  settings.some((name) => config?.[name] !== undefined)

export const huggingFaceModel: Format = {
  name: 'huggingface-model',
  about: {
    title: 'Hugging Face model, adapter, pipeline',
    recognised:
      '`config.json` and weights (of `.bin`, `.h5`, `.onnx` only where it tells of a model, or a vocabulary lies beside it); `adapter_config.json` and `adapter_model.*`; `model_index.json`',
    members: 'all but README, licence and download leftovers: weights, settings, tokenizers, templates',
    whole: 'every shard that an index names is there',
  },
  isRoot: isModel,
  members: (paths, at) => only(paths, (path) => !boilerplate.test(path), missingShards(paths, at)),
}

const shard = /^(.*?)-\d{5}-of-\d{5}\.(safetensors|bin)$/

/** Of the variant `w.fp16-…` it is `w.safetensors.index.fp16.json`. */
function indexesOf(name: string): readonly string[] {
  const [, stem, ending] = (shard.exec(name) ?? []) as (string | undefined)[]
  if (stem === undefined) return []
  const cut = stem.lastIndexOf('.')
  const variant = cut > 0 ? [`${stem.slice(0, cut)}.${ending}.index.${stem.slice(cut + 1)}.json`] : []
  return [`${stem}.${ending}.index.json`, ...variant]
}

/** Weights in shards with their index, in a directory that has other things, too. */
export const shardedWeights: Format = {
  name: 'sharded-weights',
  about: {
    title: 'safetensors with an index',
    recognised: '`NAME.safetensors.index.json` (or `.bin.index.json`) beside the shards that it names',
    members: 'the index and its shards',
    whole: 'every shard that the index names is there, and none is shorter than its header says',
  },
  family: (name, at) => {
    if (indexName.test(name)) return name
    return indexesOf(name).find((index) => at.once(index, () => at.exists(index))) ?? null
  },
  members: (paths, at, family) => {
    const shards = new Set(shardsOf(at, family ?? ''))
    const there = paths.filter((path) => path === family || shards.has(path))
    const lost = shards.size + 1 - there.length
    const missing = lost > 0 ? `${lost} of ${shards.size} shards are missing` : null
    return { members: there, incomplete: missing ?? unended(there, at) }
  },
}
