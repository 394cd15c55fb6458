/** Uploads that did not end, by what they can be gone on with: small files in the workspace, one each. */
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Workspace } from '../workspace/workspace.ts'
import type { UploadRoom } from './upload.ts'

export function resumableUploads({ directory }: Pick<Workspace, 'directory'>): UploadRoom['resume'] {
  const place = join(directory, 'transfers')
  const fileOf = (key: string): string => join(place, createHash('sha256').update(key).digest('hex').slice(0, 32))
  return {
    get(key) {
      try {
        return readFileSync(fileOf(key), 'utf8')
      } catch {
        return null
      }
    },
    set(key, token) {
      if (token === null) return rmSync(fileOf(key), { force: true })
      mkdirSync(place, { recursive: true, mode: 0o700 })
      writeFileSync(fileOf(key), token, { mode: 0o600 })
    },
  }
}
