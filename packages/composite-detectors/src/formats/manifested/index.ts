/** Directories that have a manifest of their own, and shards with an index. */
import { type Directory, parseObject } from '../../directory.ts'
import { type Format, unless } from '../../format.ts'

const marked = (name: string, title: string, marker: string): Format => ({
  name,
  about: { title, recognised: `\`${marker}\``, members: 'all', whole: 'no marker' },
  isRoot: (at) => at.has(marker),
})

export const manifested: readonly Format[] = [
  marked('oci-layout', 'OCI image layout', 'oci-layout'),
  {
    ...marked('bagit', 'BagIt', 'bagit.txt'),
    isRoot: (at) => at.has('bagit.txt') && (at.text('bagit.txt') ?? '').includes('BagIt-Version:'),
  },
  marked('ro-crate', 'RO-Crate', 'ro-crate-metadata.json'),
  {
    ...marked('bids', 'BIDS', 'dataset_description.json'),
    isRoot: (at) => typeof at.json('dataset_description.json')?.BIDSVersion === 'string',
  },
]

const isMds = (at: Directory): boolean => {
  if (!at.has('index.json')) return false
  const index = at.json('index.json')
  return index?.version === 2 && Array.isArray(index.shards)
}

export const mds: Format = {
  name: 'mds',
  about: {
    title: 'MosaicML streaming (MDS)',
    recognised: '`index.json` of version 2 with shards',
    members: 'all',
    whole: 'every shard that the index names is there',
  },
  isRoot: isMds,
  members: (paths, at) => {
    const there = new Set<string>(paths)
    const lost = shardNames(at).find((name) => !there.has(name))
    return unless(lost === undefined, `${lost} is missing`)
  },
}

/** A shard is there raw or compressed: the index names both. */
function shardNames(at: Directory): readonly string[] {
  const shards = at.json('index.json')?.shards
  return (Array.isArray(shards) ? shards : []).flatMap((one) => {
    const shard = parseObject(JSON.stringify(one))
    const packed = parseObject(JSON.stringify(shard?.zip_data ?? shard?.raw_data ?? null))
    return typeof packed?.basename === 'string' ? [packed.basename] : []
  })
}
