// Numbered files beside each other are one data set to some jobs, and steps of a pipeline to others: what jobs did with them says which.
import { afterEach, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

let w: TestWorkspace
afterEach(() => w.remove())

const open = () => {
  w = new TestWorkspace({ git: false })
  return w
}
const sh = (script: string) => w.must('run', '-q', 'sh', '-c', script)
const paths = (step: string, role: 'inputs' | 'outputs' = 'outputs') =>
  w
    .job(step)
    [role].map(({ path }) => path)
    .sort()

it('Files made one from the other by several jobs are files, and a job that reads two of them has read two', () => {
  open()
  sh('echo 1 > o1.csv')
  sh('sort o1.csv > o2.csv')
  sh('sort -r o2.csv > o3.csv')
  sh('cat o2.csv o3.csv > end')
  expect([paths('@2', 'inputs'), paths('@2')]).toEqual([['o1.csv'], ['o2.csv']])
  expect([paths('@3', 'inputs'), paths('@3')]).toEqual([['o2.csv'], ['o3.csv']])
  expect(paths('@4', 'inputs')).toEqual(['o2.csv', 'o3.csv'])
  const { outputs } = JSON.parse(w.must('status', '--json').out)
  expect(outputs.map((one: { path: string }) => one.path).sort()).toEqual(['end', 'o1.csv', 'o2.csv', 'o3.csv'])
})

it.each([
  'echo 1 > p1.csv; sort p1.csv > p2.csv',
  'echo 1 > p1.csv; sort p1.csv > p2.csv; sort -r p2.csv > p3.csv',
  'echo 1 > p1.csv; sort p1.csv > p2.csv; sort -r p1.csv > p3.csv',
])('Files that one job makes one from the other are files: %s', (script) => {
  open()
  sh(script)
  expect(paths('@1')).toEqual([...new Set(script.match(/p\d\.csv/g))].sort())
})

it('The step that makes one of them again has made that one', () => {
  open()
  sh('echo 1 > o1.csv')
  sh('sort o1.csv > o2.csv')
  sh('echo 3 > o1.csv')
  w.must('run', '-q', '@2')
  expect(w.job('@2')).toMatchObject({ execution: 2, inputs: [{ path: 'o1.csv' }], outputs: [{ path: 'o2.csv' }] })
})

it('Shards are one set: made together, read afterwards by the same job, changed in place, added to', () => {
  open()
  sh('for i in 1 2 3; do echo $i > x$i.csv; done; cat x1.csv x2.csv > end')
  sh('echo 5 >> x2.csv')
  sh('echo 4 > x4.csv')
  sh('cat x3.csv > one')
  expect([paths('@1'), paths('@2'), paths('@3')]).toEqual([['end', 'x*.csv'], ['x*.csv'], ['x*.csv']])
  expect(w.job('@4').inputs).toMatchObject([{ path: 'x*.csv', members: 4 }])
})

it('Shards that jobs of one command have made are files, and one set to who reads them', () => {
  open()
  for (const n of [1, 2, 3]) sh(`seq ${n} > y${n}.csv`)
  sh('cat y?.csv > end')
  expect([paths('@2'), paths('@3'), paths('@4', 'inputs')]).toEqual([['y2.csv'], ['y3.csv'], ['y*.csv']])
  expect(w.must('lineage', 'end').out).toContain('seq 2 > y2.csv')
})

it('Shards that nobody has made here are one set, of which one was read', () => {
  open()
  for (const n of [1, 2, 3]) w.write(`z${n}.csv`, `${n}`)
  sh('cat z2.csv > end')
  expect(paths('@1', 'inputs')).toEqual(['z*.csv'])
})
