// What the package brings along when it is installed: the suites are run from there.
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('..', import.meta.url))
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

it('the bundle finds the cases, and the sources that it compiles are published', async () => {
  const bundle: typeof import('../src/index.ts') = await import(
    /* @vite-ignore */ pathToFileURL(join(root, manifest.exports['.'].default)).href
  )
  const cases = bundle.readCases()
  expect(cases.length).toBeGreaterThan(300)
  for (const { path } of cases) expect(path.startsWith(join(root, 'cases'))).toBe(true)
  for (const folder of ['cases', 'dist', 'random']) {
    expect(manifest.files).toContain(folder)
    expect(existsSync(join(root, folder))).toBe(true)
  }
})
