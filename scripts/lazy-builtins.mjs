// For bundles in CommonJS: Node's heavier modules are required when something of theirs is first used, not when the bundle is loaded. Together they
// take ten milliseconds (Node 20), and most commands use none of them.
const heavy = /^node:(child_process|crypto|http|https|net|os|readline|stream|tls|tty|worker_threads|zlib)$/

export const lazyBuiltins = {
  name: 'lazy-builtins',
  setup(bundler) {
    bundler.onResolve({ filter: heavy }, ({ kind, path }) =>
      kind === 'import-statement' ? { path, namespace: 'lazy-builtins' } : undefined,
    )
    bundler.onLoad({ filter: heavy, namespace: 'lazy-builtins' }, ({ path }) => ({ contents: standIn(path) }))
  },
}

/** Its prototype answers, since that is what the bundler hands on of a CommonJS module as it is. */
const standIn = (path) => `let found
const from = (name) => (found ??= require(${JSON.stringify(path)}))[name]
module.exports = Object.create(new Proxy({}, { get: (_, name) => (name === '__esModule' ? undefined : from(name)) }))`
