// The driver's native part may be another Node's, or broken: that is said with its remedy, and changes nothing.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'roar-driver-'))
const native = 'node_modules/better-sqlite3/build/Release/better_sqlite3.node'

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** The built store beside a driver of its own, as an installation has it. */
function openBeside(driver: (path: string) => void): {
  code: string
  remedy: readonly string[]
  left: readonly string[]
} {
  const place = mkdtempSync(join(directory, 'store-'))
  mkdirSync(join(place, native, '..'), { recursive: true })
  cpSync(fileURLToPath(new URL('../dist/index.cjs', import.meta.url)), join(place, 'index.cjs'))
  driver(join(place, native))
  const program = `require('./index.cjs').createStore().open('./roar.db').then(
    (store) => store.close().then(() => ({ code: 'opened' })),
    ({ code, remedy }) => ({ code, remedy }),
  ).then((said) => console.log(JSON.stringify({ ...said, left: require('node:fs').readdirSync('.') })))`
  const done = spawnSync(process.execPath, ['-e', program], { cwd: place, encoding: 'utf8' })
  expect(done.stderr).toBe('')
  return JSON.parse(done.stdout)
}

it('a driver that this Node cannot load is named with the way out', () => {
  const said = openBeside((path) => writeFileSync(path, 'no shared object'))
  expect(said).toMatchObject({
    code: 'ROAR_STORE_DRIVER',
    left: ['index.cjs', 'node_modules'],
    remedy: [expect.stringContaining('npm rebuild'), expect.anything()],
  })
})

it('its own driver is loaded', () => {
  const own = fileURLToPath(new URL(`../../../${native}`, import.meta.url))
  expect(existsSync(own)).toBe(true)
  expect(openBeside((path) => cpSync(own, path)).code).toBe('opened')
})
