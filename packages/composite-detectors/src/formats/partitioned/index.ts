/** Data sets of other files than Parquet that Spark, Arrow, DuckDB and Hive write: partitioned by directories `key=value`, or flat with their markers. */
import type { Directory } from '../../directory.ts'
import type { Format } from '../../format.ts'
import { datasetMembers, datasetRules, marker, partition } from '../parquet/committers.ts'

const ending =
  /\.(?:csv|tsv|txt|json|jsonl|ndjson|xml|avro|orc|feather|arrow|ipc)(?:\.(?:gz|gzip|zst|zstd|bz2|xz|lz4|snappy|deflate))?$/i
/**
 * `part-0.csv`, `data_0.csv`, `000000_0.json`, `UUID-0.orc`. Only so called: a sweep over parameters has directories `lr=0.1` too, each with
 * `metrics.csv`.
 */
const writers = /^(?:(?:part|data|file|chunk|shard)[-._]?\d|\d{4,}(?:_\d+)?[-._]|[0-9a-f-]{32,36}[-_.]\d)/i
/** Spark's, which has no other word for a data set where its marker is switched off. */
const spark = /^part-\d{5}-[0-9a-f-]{36}[-.]c\d{3}\./

const isHidden = (name: string): boolean => name.startsWith('.') || marker.test(name)
const isFile = (name: string): boolean => ending.test(name) && writers.test(name)

function isDataset(at: Directory): boolean {
  const names = at.names.length > 65_536 ? at.names.slice(0, 65_536) : at.names
  const shown = names.filter((name) => !isHidden(name))
  if (shown.length === 0) return false
  if (shown.every((name) => partition.test(name))) return hasFiles(at, 0)
  return shown.every(isFile) && (names.some((name) => marker.test(name)) || shown.every((name) => spark.test(name)))
}

/** The first path down tells. */
function hasFiles(at: Directory, depth: number): boolean {
  const shown = at.names.filter((name) => !isHidden(name))
  const [first] = shown
  if (depth > 8 || first === undefined) return false
  return partition.test(first) ? hasFiles(at.below(first), depth + 1) : shown.every(isFile)
}

export const partitioned: Format = {
  name: 'partitioned',
  about: {
    title: 'Data set of CSV, JSON, ORC, Avro or Arrow files, Hive-partitioned too',
    recognised:
      'directories `key=value` of files called as writers of data sets call them (`part-0.csv`, `data_0.json`); or a directory of nothing but such with `_SUCCESS` beside them, or called as Spark does',
    ...datasetRules,
  },
  isRoot: isDataset,
  members: datasetMembers((path) => ending.test(path)),
}
