// What is mostly asked needs no query builder: the built store loads it only for conditions of all kinds.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, expect, it } from 'vitest'

const directory = mkdtempSync(join(tmpdir(), 'roar-kysely-'))
const built = fileURLToPath(new URL('../dist/index.cjs', import.meta.url))

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Files of the store that are loaded when `questions` were asked. */
function loadedBy(questions: string): readonly string[] {
  const program = `
    const { createStore } = require(${JSON.stringify(built)})
    createStore().open(${JSON.stringify(join(directory, 'roar.db'))}).then(async (store) => {
      ${questions}
      const files = Object.keys(require.cache).map((file) => file.split('/').pop())
      console.log(JSON.stringify(files.filter((file) => file.endsWith('.cjs'))))
      await store.close()
    })`
  const done = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' })
  expect(done.stderr).toBe('')
  return JSON.parse(done.stdout)
}

it('sessions, the newest jobs and graphs are read without it', () => {
  const questions = `const session = await store.openSession(1)
    await store.jobs({ session: session.id, limit: 10 })
    await store.runningJobs()
    await store.countJobs({})
    await store.graph({ session: session.id })`
  expect(loadedBy(questions)).toEqual(['index.cjs'])
})

it('conditions load it', () => {
  expect(loadedBy(`await store.jobs({ grep: 'train' })`)).toEqual(['index.cjs', 'restricted-jobs.cjs'])
})
