// Composites that are no directories of their own: weights beside their index, numbered shards in a folder with other things.
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

const index =
  '{"metadata":{},"weight_map":{"a":"model-00001-of-00002.safetensors","b":"model-00002-of-00002.safetensors"}}'
const made = w.roar(
  'run',
  '-q',
  'sh',
  '-c',
  `mkdir st wds a.zarr; for i in 1 2; do echo $i > st/model-0000$i-of-00002.safetensors; done
  echo '${index}' > st/model.safetensors.index.json; for i in 0 1 2; do echo $i > wds/t-00000$i.tar; done
  echo '{"zarr_format":3,"node_type":"group"}' > a.zarr/zarr.json; mkdir a.zarr/c; echo 1 > a.zarr/c/1`,
)
const weights = 'st/model.safetensors.index.json'
const shards = 'wds/t-*.tar'
const states = () =>
  Object.fromEntries(
    JSON.parse(w.must('status', '--json').out).outputs.map((one: { path: string; state: string }) => [
      one.path,
      one.state,
    ]),
  )

it('are one output each, by the name of the set', () => {
  expect(made.code, made.err).toBe(0)
  const outputs = w.job('@1').outputs.map(({ path, kind, members }) => ({ path, kind, members }))
  expect(outputs).toContainEqual({ path: weights, kind: 'composite', members: 3 })
  expect(outputs).toContainEqual({ path: shards, kind: 'composite', members: 3 })
})

it('status finds them there, and verify finds them unchanged', () => {
  expect(states()).toMatchObject({ [weights]: 'present', [shards]: 'present' })
  const said = w.roar('verify', '@1')
  expect(said.code, said.out + said.err).toBe(0)
})

it.each(['a.zarr/c/1', 'st/model-00002-of-00002.safetensors', 'wds/t-000001.tar'])(
  'a member is known by its path, as part of what was recorded: %s',
  (member) => {
    const said = w.must('show', member, '--json')
    expect(JSON.parse(said.out)).toMatchObject({ schema: 'roar.artifact/1', artifact: { kind: 'composite' } })
    expect(w.must('lineage', member).out).toContain('sh -c')
  },
)

it('a file beside the members that no job has made is none of them', () => {
  w.write('a.zarr/c/notes.txt', 'x').write('wds/t-000009.tar', 'x')
  for (const stranger of ['a.zarr/c/notes.txt', 'wds/t-000009.tar'])
    expect(w.roar('show', stranger).err).toContain('ROAR_REF_UNKNOWN')
  rmSync(join(w.root, 'a.zarr/c/notes.txt'))
  rmSync(join(w.root, 'wds/t-000009.tar'))
})

it('verify names the member that is not what it was; status says what is gone', () => {
  appendFileSync(join(w.root, 'st/model-00002-of-00002.safetensors'), 'x')
  const said = w.roar('verify', weights)
  expect([said.code, said.out]).toEqual([
    3,
    expect.stringContaining('model-00002-of-00002.safetensors is not what it was'),
  ])
  rmSync(join(w.root, 'wds'), { recursive: true })
  rmSync(join(w.root, weights))
  expect(states()).toMatchObject({ [weights]: 'missing', [shards]: 'missing' })
})

it('numbers without zeros in front are one set from 1 to 300, and a year beside them is a file of its own', () => {
  w.must('run', '-q', 'sh', '-c', 'mkdir csv; for i in $(seq 300) 2023; do echo $i > csv/p$i.csv; done')
  const outputs = w.job('@2').outputs.map(({ path, kind, members }) => ({ path, kind, members }))
  expect(outputs).toEqual([
    { path: 'csv/p*.csv', kind: 'composite', members: 300 },
    { path: 'csv/p2023.csv', kind: 'file', members: null },
  ])
})

it('several digests of hundreds of files and of a set are kept', () => {
  const script =
    'mkdir many; for i in $(seq 12); do echo $i > many/p$i.csv; done; for i in $(seq 400); do echo x$i > many/x$i.txt; done'
  w.must('run', '-q', '--hash', 'sha256', '--hash', 'md5', 'sh', '-c', script)
  const { outputs } = w.job('@3')
  expect(outputs).toHaveLength(401)
  const files = outputs.filter(({ kind }) => kind === 'file')
  expect(new Set(files.map(({ digests }) => Object.keys(digests).sort().join(' ')))).toEqual(
    new Set(['blake3 md5 sha256']),
  )
})
