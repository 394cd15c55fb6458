// Bundles the roar command: one small entry, one chunk a command, so that a command loads only what it needs.
import { readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'

const here = dirname(dirname(fileURLToPath(import.meta.url)))

// Plugins are loaded by the host, from their own packages; native code and the drawing library stay outside too.
const external = [
  '@roar/store-sql',
  '@roar/tracer-*',
  '@roar/hash-*',
  '@roar/artifact-detectors',
  'better-sqlite3',
  '@dagrejs/dagre',
]

/** @param {{ outdir?: string }} [options] */
export async function bundleCli({ outdir = join(here, 'dist') } = {}) {
  const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
  rmSync(outdir, { recursive: true, force: true })
  return build({
    absWorkingDir: here,
    entryPoints: { main: 'src/main.ts', index: 'src/index.ts' },
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    conditions: ['roar-source'],
    minifySyntax: true,
    minifyWhitespace: true,
    chunkNames: 'chunks/[name]-[hash]',
    define: { ROAR_VERSION: JSON.stringify(version) },
    external,
    // CommonJS dependencies inside an ES module still ask for `require`.
    banner: { js: "import{createRequire as $r}from'node:module';const require=$r(import.meta.url);" },
    legalComments: 'none',
    logLevel: 'warning',
  })
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await bundleCli()
