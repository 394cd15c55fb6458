/** Every format, in the order in which a directory is held against them: table formats before the files that they are made of. */
import type { Format } from './format.ts'
import { deepspeed, lmdb, megatron, mlflow, ocdbt, orbax, torchDistributed } from './formats/checkpoints/index.ts'
import { delta } from './formats/delta/index.ts'
import { hudi } from './formats/hudi/index.ts'
import { huggingFaceCache, huggingFaceDataset, huggingFaceModel, shardedWeights } from './formats/huggingface/index.ts'
import { iceberg } from './formats/iceberg/index.ts'
import { icechunk } from './formats/icechunk/index.ts'
import { coco, imageFolder, yolo } from './formats/images/index.ts'
import { lance } from './formats/lance/index.ts'
import { manifested, mds } from './formats/manifested/index.ts'
import { onnx } from './formats/onnx/index.ts'
import { parquet } from './formats/parquet/index.ts'
import { partitioned } from './formats/partitioned/index.ts'
import { lerobot } from './formats/robotics/index.ts'
import { dicom, hdf5Split, shapefile } from './formats/science/index.ts'
import { otherShards, shards } from './formats/shards/index.ts'
import { checkpoint, savedModel, tfds } from './formats/tensorflow/index.ts'
import { omeZarr, zarr } from './formats/zarr/index.ts'

export const formats: readonly Format[] = [
  icechunk,
  lance,
  delta,
  iceberg,
  hudi,
  omeZarr,
  zarr,
  lerobot,
  huggingFaceDataset,
  tfds,
  huggingFaceCache,
  mlflow,
  savedModel,
  orbax,
  ocdbt,
  megatron,
  torchDistributed,
  deepspeed,
  huggingFaceModel,
  mds,
  lmdb,
  ...manifested,
  coco,
  yolo,
  imageFolder,
  dicom,
  parquet,
  partitioned,
  shardedWeights,
  checkpoint,
  onnx,
  shapefile,
  hdf5Split,
  ...shards,
  otherShards,
]
