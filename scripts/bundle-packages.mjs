// Bundles every package's sources into its dist/.
import { rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { build } from 'esbuild'
import { bundleCli } from '../packages/cli/scripts/bundle.mjs'
import { lazyBuiltins } from './lazy-builtins.mjs'
import { libraries, manifestOf, packageAt, plugins } from './packages.mjs'

const shared = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  conditions: ['roar-source'],
  legalComments: 'none',
  logLevel: 'warning',
}

const dependenciesOf = (name) => Object.keys(manifestOf(name).dependencies ?? {})

/** Native packages and those that a plugin loads only when it must. In a CommonJS bundle the JavaScript of better-sqlite3 is inside. */
const neverInside = ['blake3', ...readersOfFormats()]

/** A comparer loads the reader of a format when two files of that format differ. */
function readersOfFormats() {
  const readers = dependenciesOf('content-comparers').filter((one) => !one.startsWith('@roar/'))
  return readers.flatMap((one) => [one, `${one}/*`])
}

/** Programs of threads, and further entries, which are files of their own. */
const threads = { host: ['src/hashing/hash-worker.ts'], registry: ['src/api.ts'], web: ['src/graph/drawing-worker.ts'] }

/** Libraries of hundreds of modules each: to find and read them took half a second of every start of a registry. */
const inside = { registry: ['kysely', 'typebox'] }

async function bundleLibrary(name) {
  const at = packageAt(name)
  rmSync(join(at, 'dist'), { recursive: true, force: true })
  await build({
    ...shared,
    entryPoints: [join(at, 'src/index.ts'), ...(threads[name] ?? []).map((file) => join(at, file))],
    entryNames: '[name]',
    outdir: join(at, 'dist'),
    format: 'esm',
    external: dependenciesOf(name).flatMap((one) => (inside[name]?.includes(one) ? [] : [one, `${one}/*`])),
  })
}

/** What a plugin seldom needs: a file of its own, so that the others are read quickly. */
const apart = { 'store-sql': ['src/read/restricted-jobs.ts'] }

/** The others load it as a file that lies beside them. */
const loadedApart = (files, ending) => ({
  name: 'loaded-apart',
  setup(bundler) {
    bundler.onResolve({ filter: /^\.\.?\// }, ({ kind, path }) => {
      const found = kind === 'dynamic-import' && files.find((file) => basename(file) === basename(path))
      return found ? { path: `./${basename(found, '.ts')}${ending}`, external: true } : undefined
    })
  },
})

async function bundlePlugin(name) {
  const at = packageAt(name)
  rmSync(join(at, 'dist'), { recursive: true, force: true })
  const files = ['src/index.ts', ...(apart[name] ?? [])]
  const entry = {
    ...shared,
    entryPoints: files.map((file) => join(at, file)),
    entryNames: '[name]',
    outdir: join(at, 'dist'),
  }
  await build({
    ...entry,
    format: 'esm',
    external: [...neverInside, 'better-sqlite3'],
    plugins: [loadedApart(files, '.js')],
  })
  await build({
    ...entry,
    outExtension: { '.js': '.cjs' },
    external: neverInside,
    plugins: [loadedApart(files, '.cjs'), lazyBuiltins],
    // A script from V8's code cache cannot import. Others import ES modules, which Node 20 cannot require.
    supported: { 'dynamic-import': !apart[name] },
    format: 'cjs',
    minify: true,
    keepNames: false,
    define: { 'import.meta.url': 'roarUrl' },
    banner: { js: "const roarUrl=require('node:url').pathToFileURL(__filename).href;" },
  })
}

/** For browsers: everything inside, since a page loads nothing from elsewhere. */
async function bundlePages() {
  const at = packageAt('web')
  await bundleLibrary('web')
  await build({
    ...shared,
    platform: 'browser',
    target: 'es2022',
    // The libraries' ES modules: their CommonJS is twice as large.
    conditions: ['module', 'roar-source'],
    entryPoints: [join(at, 'browser/dag.ts')],
    outdir: join(at, 'dist/browser'),
    format: 'esm',
    minify: true,
    // Their licences ask for it.
    legalComments: 'eof',
  })
}

export async function bundlePackages() {
  const others = libraries.filter((name) => name !== 'web')
  await Promise.all([...others.map(bundleLibrary), bundlePages(), ...plugins.map(bundlePlugin), bundleCli()])
}
