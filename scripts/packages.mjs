// The packages of this repository, and how each one is built.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** Loaded by the command at run time: one CommonJS file each, which Node 20 loads four milliseconds sooner than an ES module, and an ES module beside it. */
export const plugins = [
  'tracer-preload',
  'tracer-ptrace',
  'tracer-hybrid',
  'tracer-ebpf',
  'hash-blake3',
  'hash-sha256',
  'hash-further',
  'artifact-detectors',
  'content-comparers',
  'exporters',
  'storage-http',
  'storage-s3',
  'composite-detectors',
  'store-sql',
  'registry-client',
]

/** Imported by programs: one ES module each. */
export const libraries = [
  'trace-protocol',
  'core',
  'native',
  'tracer-log',
  'host',
  'reproduction',
  'conformance',
  'web',
  'registry',
]

export const packageAt = (name) => join(root, 'packages', name)

export const manifestOf = (name) => JSON.parse(readFileSync(join(packageAt(name), 'package.json'), 'utf8'))
