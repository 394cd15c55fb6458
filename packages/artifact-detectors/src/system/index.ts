/** Files of the operating system, and of the programs installed beside it. Data kept under /opt or /usr/local is neither. */
import type { ArtifactDetector, Detection, Probe } from '@roar/core'
import { baseName, byDirectory, extension, isWithin } from '../by-directory.ts'
import { homeOf, type ProgramPlace, programPlace } from './installed-programs.ts'
import { isSystemTree } from './trees.ts'

const system: Detection = { is: 'system' }

/** What a program folder may hold that is somebody's data all the same. Better recorded in excess than lost. */
const dataEndings = new Set(
  [
    'csv tsv psv parquet arrow feather orc avro json jsonl ndjson geojson xml txt xls xlsx ods dta sav sas7bdat rds rda rdata',
    'npy npz h5 hdf5 hdf nc zarr mat fits pkl pickle joblib pt pth ckpt onnx safetensors gguf tflite pb bin model db',
    'sqlite sqlite3 duckdb png jpg jpeg gif tif tiff bmp webp svg pdf wav mp3 flac mp4 avi mkv zip gz bz2 xz zst tar tgz',
    'fa fasta fq fastq bam sam cram vcf bcf bed gff gtf shp tfrecord lmdb mdb log out dat',
  ].flatMap((line) => line.split(' ')),
)

/** They look like data, and are the time zones of every Java installation. */
const programFiles = new Set(['tzdb.dat'])

/** Of the user's shell and tools, in the home directory: read at every start, part of nobody's result. */
const homeFiles = /^\.(terminfo\/.+|pyenv\/version|rustup\/(settings\.toml|toolchains\/.+)|nvm\/(nvm\.sh|alias\/.+))$/

export function createSystemDetector(): ArtifactDetector {
  let probe: Probe
  const placeOf = byDirectory<ProgramPlace | null>((directory) =>
    isSystemTree(directory, probe.platform) ? 'whole' : programPlace(directory, probe),
  )
  return {
    name: 'system',
    inDirectory(directory, asked) {
      probe = asked
      if (isOwn(directory, asked)) return 'none'
      const place = placeOf(`${directory}/`)
      if (place === 'whole') return system
      return place === null && homeOf(`${directory}/`, asked) === null ? 'none' : null
    },
    detect({ path }, asked) {
      probe = asked
      if (isOwn(path, asked)) return null
      const place = placeOf(path)
      if (place === null) return isHomeFile(path, asked) ? system : null
      return place === 'whole' || isProgram(baseName(path)) ? system : null
    },
  }
}

/** A project may lie anywhere, also where programs are installed: what is in it is its own. */
const isOwn = (path: string, { workspace }: Probe): boolean => workspace !== null && isWithin(path, workspace)

const isProgram = (name: string): boolean => !dataEndings.has(extension(name)) || programFiles.has(name)

function isHomeFile(path: string, probe: Probe): boolean {
  const home = homeOf(path, probe)
  return home !== null && homeFiles.test(path.slice(home.length + 1))
}
