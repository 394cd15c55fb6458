/** Every format, in the order in which a directory is held against them: table formats before the files that they are made of. */
import type { Format } from './format.ts'
import { delta } from './formats/delta/index.ts'
import { huggingFaceCache, huggingFaceDataset, huggingFaceModel, shardedWeights } from './formats/huggingface/index.ts'
import { icechunk } from './formats/icechunk/index.ts'
import { lance } from './formats/lance/index.ts'
import { parquet } from './formats/parquet/index.ts'
import { otherShards, shards } from './formats/shards/index.ts'
import { omeZarr, zarr } from './formats/zarr/index.ts'

export const formats: readonly Format[] = [
  icechunk,
  lance,
  delta,
  omeZarr,
  zarr,
  huggingFaceDataset,
  huggingFaceCache,
  huggingFaceModel,
  parquet,
  shardedWeights,
  ...shards,
  otherShards,
]
