// A file of a conda environment is named with the package that brought it; what the user put there is the user's.
import { type DetectorCase, detectorSuite } from '@roar/conformance'
import { describe, it } from 'vitest'
import { all } from '../cases.test-data.ts'
import { createCondaDetector } from './index.ts'

const record = (name: string, version: string, files: readonly string[]) => JSON.stringify({ name, version, files })
const tree = {
  '/opt/conda/conda-meta/history': '',
  '/opt/conda/conda-meta/libblas-3.9.0-1.json': record('libblas', '3.9.0', ['lib/libblas.so.3', 'include/cblas.h']),
  '/opt/conda/conda-meta/samtools-1.19-0.json': record('samtools', '1.19', ['bin/samtools', 'share/samtools/ref.txt']),
  '/opt/conda/conda-meta/broken-1-0.json': '{',
}
const conda = (name: string, version: string) =>
  ({ is: 'package', ecosystem: 'conda', package: name, version }) as const

const cases: readonly DetectorCase[] = [
  ...all(conda('libblas', '3.9.0'), '/opt/conda/lib/libblas.so.3 /opt/conda/include/cblas.h', { tree }),
  ...all(conda('samtools', '1.19'), '/opt/conda/bin/samtools /opt/conda/share/samtools/ref.txt', { tree }),
  ...all(
    { is: 'ignored', why: 'conda records' },
    '/opt/conda/conda-meta/history /opt/conda/conda-meta/broken-1-0.json',
    { tree },
  ),
  ...all({ is: 'system' }, '/opt/conda/bin/unknown /opt/conda/lib/libother.so.1', { tree }),
  ...all(null, '/opt/conda/data.csv /opt/conda/share/mine.csv /opt/other/lib/libx.so /opt/condax/bin/samtools', {
    tree,
  }),
]

detectorSuite({ describe, it }, 'conda', createCondaDetector, cases)
