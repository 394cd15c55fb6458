/** Files beside each other that are numbered parts of one: known by their ending. */

import type { BytePath } from '@roar/core'
import type { Directory } from '../../directory.ts'
import type { Format, Said } from '../../format.ts'
import { familyMembers, type Numbered, parseCounted, parseOfTotal, startsSet } from '../../numbered.ts'
import { hasEnd, unended } from '../../unended.ts'

interface Kind {
  readonly name: string
  readonly title: string
  readonly endings: readonly string[]
  /** Of the first file, where the ending alone says too little. */
  readonly check?: (head: Uint8Array) => boolean
}

const hdf5 = (head: Uint8Array): boolean => Buffer.from(head).toString('latin1', 1, 4) === 'HDF'
const compressed = (ending: string): readonly string[] => [
  ending,
  `${ending}.gz`,
  `${ending}.zst`,
  `${ending}.bz2`,
  `${ending}.xz`,
]

const kinds: readonly Kind[] = [
  {
    name: 'tfrecord',
    title: 'TFRecord shards',
    endings: ['tfrecord', 'tfrecords', 'tfrecord.gz', 'tfrec', 'array_record', 'riegeli'],
  },
  { name: 'webdataset', title: 'WebDataset', endings: ['tar'] },
  { name: 'tar-shards', title: 'tar shards', endings: ['tar.gz', 'tgz', 'tar.zst', 'tar.xz', 'tar.bz2'] },
  { name: 'gguf', title: 'GGUF, split', endings: ['gguf'] },
  { name: 'parquet-shards', title: 'Parquet shards beside other files', endings: ['parquet', 'parq'] },
  { name: 'arrow', title: 'Arrow and Feather sets', endings: ['arrow', 'feather', 'ipc', 'arrows'] },
  { name: 'csv-shards', title: 'CSV and TSV shards', endings: [...compressed('csv'), ...compressed('tsv')] },
  {
    name: 'jsonl-shards',
    title: 'JSON Lines shards',
    endings: [...compressed('jsonl'), ...compressed('ndjson'), 'json.gz', 'json.zst'],
  },
  { name: 'hdf5', title: 'HDF5 families', endings: ['h5', 'hdf5', 'he5', 'nc'], check: hdf5 },
  { name: 'numpy-shards', title: 'NumPy shards', endings: ['npy', 'npz'] },
  { name: 'parts', title: 'Parts without an ending that tells what they are, as Dask writes them', endings: ['part'] },
  { name: 'torch-shards', title: 'PyTorch and pickle shards', endings: ['pt', 'pth', 'bin', 'safetensors'] },
]

/** Without a total in the name these endings say too little: `model-1.pt`, `model-2.pt` are two models. */
const onlyOfTotal = new Set(['torch-shards', 'gguf'])

const kindOf = (one: Numbered): Kind | undefined => kinds.find((kind) => kind.endings.includes(one.ending))

function familyOf(name: string, at: Directory, wanted: Kind): string | null {
  const total = parseOfTotal(name)
  const one = total ?? (onlyOfTotal.has(wanted.name) ? null : parseCounted(name))
  if (one === null || kindOf(one) !== wanted || !startsSet(one, at)) return null
  const { check } = wanted
  // The members of an HDF5 family but the first begin in the middle of the data.
  const first = [0, 1].map((number) => one.nameOf(number)).find((member) => at.exists(member)) ?? name
  const isOurs =
    !check || at.once(`${wanted.name} ${one.family}`, () => check(at.head(first, 16) ?? new Uint8Array(16)))
  return isOurs ? one.family : null
}

/** One file of a family that HDF5 has split has a head: stages and shards have one each. */
function isCounted(name: string, at: Directory, { check }: Kind): boolean {
  const one = parseOfTotal(name) === null ? parseCounted(name) : null
  if (one === null || !check) return one !== null
  const start = at.exists(one.nameOf(0)) ? 0 : 1
  return check(at.head(one.nameOf(start + 1), 16) ?? new Uint8Array(16))
}

const parse = (name: string): Numbered | null => parseOfTotal(name) ?? parseCounted(name)

const format = (kind: Kind): Format => ({
  name: kind.name,
  about: {
    title: kind.title,
    recognised: `${onlyOfTotal.has(kind.name) ? 'files `x-00001-of-00010`' : 'numbered files beside each other (`x-00001-of-00010`, or `x-0001` with the first two there)'}: ${kind.endings.map((one) => `\`.${one}\``).join(', ')}`,
    members: `the files of the set; whatever else lies beside them stays as it is${onlyOfTotal.has(kind.name) ? '' : '. Steps of a pipeline (`o1` read to make `o2`) are no set'}`,
    whole: `no number is missing${kind.endings.some(hasEnd) ? ', and no file lacks its end' : ''}`,
  },
  family: (name, at) => familyOf(name, at, kind),
  isCounted: (name, at) => isCounted(name, at, kind),
  members: (paths, at, family) => membersWithEnds(paths, at, family ?? ''),
})

function membersWithEnds(paths: readonly BytePath[], at: Directory, family: string): Said {
  const said = familyMembers(paths, family, parse)
  return { ...said, incomplete: said.incomplete ?? unended(said.members ?? [], at) }
}

export const shards: readonly Format[] = kinds.map(format)

/** Any other ending, where the name itself says that it is one of so many. */
export const otherShards: Format = {
  name: 'shards',
  about: {
    title: 'Other shards',
    recognised: '`x-00001-of-00010` with any other ending, or none',
    members: 'the files of the set',
    whole: 'no number is missing',
  },
  family: (name) => {
    const one = parseOfTotal(name)
    return one?.total && one.total > 1 ? one.family : null
  },
  members: (paths, _, family) => familyMembers(paths, family ?? '', parseOfTotal),
}
