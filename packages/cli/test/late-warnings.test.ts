// A plugin that fails is named also where the job is recorded by a later run, or not at all.
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

w.write(
  'odd/index.js',
  `export const createDetector = () => ({
    name: 'odd',
    detect({ path }) {
      if (path.includes('/odd-')) throw new Error('no luck')
      return null
    },
  })`,
)
const roar = { api: 1, contributes: { detectors: [{ name: 'odd', export: 'createDetector' }] } }
const manifest = { name: 'roar-odd', version: '1.0.0', type: 'module', exports: './index.js', roar }
w.write('odd/package.json', JSON.stringify(manifest))
w.must('plugin', 'add', './odd')
const named = /^warning: .*odd.*ROAR_PLUGIN_FAILED\]\n.*no luck/m
const times = (said: string): number => said.split('ROAR_PLUGIN_FAILED').length - 1

const killRecorder = `for p in $(cat /proc/$PPID/task/$PPID/children); do [ $p = $$ ] || kill -9 $p; done`

it.skipIf(process.platform !== 'linux')('a run whose recorder was killed: by the run that records it', () => {
  const killed = w.roar('run', '-q', 'sh', '-c', `echo x > odd-1; ${killRecorder}`)
  expect(killed).toMatchObject({ code: 0, err: expect.stringContaining('the recorder died') })
  const next = w.must('run', '-q', 'true').err
  expect(next).toMatch(named)
  expect(times(next)).toBe(1)
})

it('a run that cannot be recorded: beside the error', () => {
  const forget = `import sqlite3; sqlite3.connect('.roar/roar.db').executescript('drop table edges')`
  const said = w.roar('run', '-q', 'sh', '-c', `echo x > odd-2; python3 -c "${forget}"; exit 3`)
  expect(said.code).toBe(3)
  expect(said.err).toMatch(named)
  expect(said.err).toMatch(/^error: /m)
})
