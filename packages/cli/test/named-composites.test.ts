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
