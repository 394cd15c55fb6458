/** better-sqlite3. Its JavaScript is inside our bundle; its native part is named outright: searching for it loads three packages and takes 3 ms. */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import Database from 'better-sqlite3'
import { keepStatements } from './kept-statements.ts'

/** `location`: a file, or the bytes of one. */
export function connect(location: string | Buffer, options: Database.Options): Database.Database {
  const nativeBinding = builtBinding()
  return keepStatements(new Database(location, nativeBinding ? { ...options, nativeBinding } : options))
}

/** Where its installation builds it; undefined where it lies elsewhere: then it finds it by itself. */
function builtBinding(): string | undefined {
  const require = createRequire(import.meta.url)
  try {
    const path = require.resolve('better-sqlite3/build/Release/better_sqlite3.node')
    return existsSync(path) ? path : undefined
  } catch {
    return undefined
  }
}
