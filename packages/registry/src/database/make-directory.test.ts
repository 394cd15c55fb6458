import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openRegistry } from '../open-registry.ts'
import { makeDirectory } from './make-directory.ts'

it('Makes what leads there, for its owner alone, and is content with what is there', () => {
  const place = mkdtempSync(join(tmpdir(), 'roar-directory-'))
  const deep = join(place, 'a/b/c')
  makeDirectory(deep)
  makeDirectory(deep)
  expect(statSync(join(place, 'a')).mode & 0o777).toBe(0o700)
  rmSync(place, { recursive: true })
})

it.runIf(existsSync('/proc/self'))(
  'A registry in a file system that takes no new names is refused, and not tried for ever',
  async () =>
    expect(openRegistry({ data: '/proc/none/registry' })).rejects.toMatchObject({
      ...{ code: 'ROAR_REGISTRY_DATABASE', message: '/proc/none/registry cannot be used.' },
    }),
)
