/**
 * Loads our own bundles with V8's code cache beside them (`index.cjs.cache`), which the build makes: compiling is a third of the time that
 * `roar run true` takes. V8 refuses a cache of another version or other flags by itself; then the file is compiled as usual. A script from
 * the cache cannot call import() (Node 20.20 loses its loader), so these bundles have none.
 */
import { readFileSync } from 'node:fs'
import Module, { createRequire } from 'node:module'
import { dirname } from 'node:path'
import { Script } from 'node:vm'

type Compile = (this: Module, content: string, filename: string) => unknown
const prototype = Module.prototype as unknown as { _compile: Compile }

export function useCompileCaches(): void {
  const usual = prototype._compile
  prototype._compile = function compile(content, filename) {
    const cachedData = isOurs(filename) ? readCache(`${filename}.cache`) : null
    const script = cachedData && compileCached(content, filename, cachedData)
    if (!script || script.cachedDataRejected) return usual.call(this, content, filename)
    return run(this, script, filename)
  }
}

const isOurs = (filename: string): boolean =>
  /[/\\]dist[/\\]((record|read|open-hashes|dispatch)\.js|(index|restricted-jobs)\.cjs)$/.test(filename)

function readCache(path: string): Buffer | null {
  try {
    return readFileSync(path)
  } catch {
    return null
  }
}

const compileCached = (content: string, filename: string, cachedData?: Buffer): Script =>
  new Script(Module.wrap(content), { filename: bundleName(filename), ...(cachedData && { cachedData }) })

/** As stacks name it. From Node 22 on the name given here counts, and is what a cache made of the script would hold; up to then it is the one in the cache. */
const bundleName = (filename: string): string => filename.replace(/^.*[/\\]([^/\\]+)[/\\]dist[/\\]/, '@roar/$1/dist/')

export function run(module: Module, script: Script, filename: string): unknown {
  const body = script.runInThisContext() as (...words: readonly unknown[]) => unknown
  return body.call(module.exports, module.exports, createRequire(filename), module, filename, dirname(filename))
}
