/** A data set of Parquet files in one directory: flat, or partitioned by directories `key=value` as Hive does. */
import type { Directory } from '../../directory.ts'
import type { Format } from '../../format.ts'
import { datasetMembers, datasetRules, marker, partition } from './committers.ts'

const file = /\.parquet$|\.parq$/i
/** As Arrow, Spark, Dask and DuckDB name the files of one data set. */
const part = /^(?:part|data|file)[-._]?\d.*\.parq(?:uet)?$/i
const isMagic = (head: Uint8Array | null): boolean => {
  const text = Buffer.from(head ?? []).toString('latin1')
  return text === 'PAR1' || text === 'PARE'
}

function isDataset(at: Directory): boolean {
  const names = at.names.length > 65_536 ? at.names.slice(0, 65_536) : at.names
  const shown = names.filter((name) => !name.startsWith('.') && !marker.test(name))
  if (shown.length === 0) return false
  if (shown.every((name) => partition.test(name))) return hasParquet(at, 0)
  const files = shown.filter((name) => file.test(name))
  if (files.length === 0 || files.length < shown.length) return false
  const isOne = files.every((name) => part.test(name)) || names.some((name) => marker.test(name))
  return isOne && isMagic(at.head(files[0] as string, 4))
}

/** Some partition has a file of ours; the first path down tells. */
function hasParquet(at: Directory, depth: number): boolean {
  if (depth > 8) return false
  const [first] = at.names.filter((name) => !marker.test(name) && !name.startsWith('.'))
  if (first === undefined) return false
  if (file.test(first)) return isMagic(at.head(first, 4))
  return partition.test(first) && hasParquet(at.below(first), depth + 1)
}

export const parquet: Format = {
  name: 'parquet',
  about: {
    title: 'Parquet data set, Hive-partitioned too',
    recognised:
      'a directory of nothing but Parquet files called as writers of data sets call them (`part-0.parquet`), or with `_SUCCESS` or `_metadata` beside them; or directories `key=value` of such',
    ...datasetRules,
  },
  isRoot: isDataset,
  members: datasetMembers((path) => file.test(path)),
}
