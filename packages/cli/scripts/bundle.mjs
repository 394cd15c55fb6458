// Bundles the roar command as CommonJS files: a small entry, one that only records, one that reads what was recorded, and one with everything else.
// CommonJS, because Node's loader for ES modules costs 6 ms at start and 1 ms a file (Node 20, measured), more than all of our code.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { lazyBuiltins } from '../../../scripts/lazy-builtins.mjs'

const here = dirname(dirname(fileURLToPath(import.meta.url)))

// Plugins are loaded by the host, from their own packages; native code and the drawing library stay outside too.
const external = [
  '@roar/store-sql',
  '@roar/tracer-*',
  '@roar/hash-*',
  '@roar/artifact-detectors',
  '@roar/registry',
  '@roar/web',
  '@roar/content-comparers',
  '@roar/exporters',
  '@roar/composite-detectors',
  'better-sqlite3',
  '@dagrejs/dagre',
]

/** @param {{ outdir?: string }} [options] */
export async function bundleCli({ outdir = join(here, 'dist') } = {}) {
  const { version } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
  rmSync(outdir, { recursive: true, force: true })
  mkdirSync(outdir, { recursive: true })
  // The package itself is of ES modules.
  writeFileSync(join(outdir, 'package.json'), '{ "type": "commonjs" }\n')
  const shared = {
    absWorkingDir: here,
    outdir,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
    conditions: ['roar-source'],
    // Of its form as ES modules only what we use is taken, a third of the other.
    alias: { tsyringe: 'tsyringe/dist/esm2015/index.js' },
    minify: true,
    keepNames: false,
    define: { ROAR_VERSION: JSON.stringify(version), 'import.meta.url': 'roarUrl' },
    banner: { js: "const roarUrl=require('node:url').pathToFileURL(__filename).href;" },
    legalComments: 'none',
    logLevel: 'warning',
  }
  // A script from V8's code cache cannot import: whatever is outside is required, but for what the file beside it imports.
  const cached = { ...shared, external, supported: { 'dynamic-import': false } }
  await build({
    ...cached,
    entryPoints: { dispatch: 'src/dispatch.ts', index: 'src/index.ts', ...rarelyRead },
    plugins: [importsElsewhere, lazyBuiltins],
  })
  await build({
    ...cached,
    entryPoints: { record: 'src/run/run-plain.ts' },
    plugins: [hashesElsewhere, importsElsewhere, lazyBuiltins],
  })
  await build({
    ...cached,
    entryPoints: { read: 'src/reading/read-plain.ts' },
    metafile: true,
    plugins: [rarelyElsewhere, importsElsewhere, lazyBuiltins],
  })
  await build({
    ...shared,
    external,
    entryPoints: {
      'import-file': '../host/src/plugins/import-file.ts',
      // The program of a thread, which the host starts from a file beside its own.
      'hash-worker': '../host/src/hashing/hash-worker.ts',
    },
  })
  await build({
    ...shared,
    entryPoints: { main: 'src/main.ts' },
    banner: {},
    // The entry knows one other file, and loads it as such.
    supported: { 'dynamic-import': false },
    plugins: [restElsewhere],
  })
}

const importsElsewhere = {
  name: 'imports-elsewhere',
  setup(bundler) {
    bundler.onResolve({ filter: /\/import-file\.ts$/ }, () => ({ path: './import-file.js', external: true }))
  },
}

/** A recorder imports it at once (composition/providers.ts); a second import, of the reading commands' kind, would put half of the host behind functions. */
const hashesElsewhere = {
  name: 'hashes-elsewhere',
  setup(bundler) {
    bundler.onResolve({ filter: /\/open-hashes\.ts$/ }, ({ kind }) =>
      kind === 'dynamic-import' ? { path: './open-hashes.js', external: true } : undefined,
    )
  },
}

/** What a reading command seldom needs, in files of its own. */
const rarelyRead = {
  'open-hashes': 'src/composition/open-hashes.ts',
  'digest-forms': 'src/references/digest-forms.ts',
  svg: 'src/output/dag/svg.ts',
  'smol-toml': 'smol-toml',
}

/** Most of what the packages' indexes lead to is not used, and falls away. */
const missing = './missing/'

/** With nothing inside that is loaded later, esbuild puts no module behind a function, and leaves out what is not used. */
const rarelyElsewhere = {
  name: 'rarely-elsewhere',
  setup(bundler) {
    bundler.onResolve({ filter: /./ }, ({ kind, path }) => {
      if (kind !== 'dynamic-import' || path.endsWith('/import-file.ts')) return undefined
      const name = basename(path, '.ts')
      if (name in rarelyRead) return { path: `./${name}.js`, external: true }
      return { path: `${missing}${path}`, external: true }
    })
    bundler.onEnd(({ metafile }) => {
      const used = Object.values(metafile?.outputs ?? {}).flatMap(({ imports }) => imports.map(({ path }) => path))
      const errors = used
        .filter((path) => path.startsWith(missing))
        .map((path) => ({ text: `${path} is not in rarelyRead` }))
      return { errors }
    })
  },
}

const bundleOf = { 'run-plain.ts': './record.js', 'read-plain.ts': './read.js' }

/** For the entry, whatever is loaded later is in another file; only the overview is small enough to be inside. */
const restElsewhere = {
  name: 'rest-elsewhere',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
      if (kind !== 'dynamic-import' || path.endsWith('/overview.ts')) return undefined
      return { path: bundleOf[path.split('/').at(-1)] ?? './dispatch.js', external: true }
    })
  },
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await bundleCli()
