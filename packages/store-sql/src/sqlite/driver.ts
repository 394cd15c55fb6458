/** better-sqlite3. Its JavaScript is inside our bundle; its native part is named outright: searching for it loads three packages and takes 3 ms. */
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { keepStatements } from './kept-statements.ts'

/** `location`: a file, or the bytes of one. */
export function connect(location: string | Buffer, options: Database.Options): Database.Database {
  const nativeBinding = builtBinding()
  return keepStatements(new Database(location, nativeBinding ? { ...options, nativeBinding } : options))
}

const built = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'

/**
 * Where its installation builds it; undefined where it lies elsewhere: then it finds it by itself. Looked for as Node would, without loading what Node's
 * resolver reads on its way (0.8 ms).
 */
function builtBinding(): string | undefined {
  for (let at = dirname(fileURLToPath(import.meta.url)); ; at = dirname(at)) {
    const path = join(at, built)
    if (existsSync(path)) return path
    if (at === dirname(at)) return undefined
  }
}
