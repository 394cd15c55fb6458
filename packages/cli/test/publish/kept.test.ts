// What a job kept without reading it is published whole, and followed only for what was asked for.
import { expect, it } from 'vitest'
import { addRemote, json, Publishing } from './publishing.ts'

const { registry, workspace } = Publishing.here()

it('an execution that is registered for each of its outputs is one job, and each output has the lineage of its own', async () => {
  const w = workspace()
  w.write('.gitignore', '.roar/\nout/\n').write('one', `${Math.random()}\n`).write('two', `${Math.random()}\n`).commit()
  addRemote(w, 'origin')
  w.must('config', 'set', 'registry.url', registry.url)
  w.must('run', 'sh', '-c', 'mkdir -p out; cat one > out/table')
  w.must('run', 'sh', '-c', 'cat two > out/draft')
  w.must('run', 'sh', '-c', 'echo more >> out/table; mv out/draft out/model')
  const of = (output: string) => json(w.must('register', '-y', '--json', output))
  const [model, table] = [of('out/model'), of('out/table')]
  expect(model.checklist).toContainEqual(expect.objectContaining({ name: 'inputs have a source', ok: true }))
  const read = async (path: string) => (await fetch(`${registry.url}/api/v1/${path}`)).json()
  const artifact = async (output: string) => {
    const { digests } = json(w.must('show', output, '--json')).artifact
    const { nodes } = (await read(`artifacts/${digests.blake3}/lineage?depth=9`)) as { nodes: Node[] }
    return nodes
      .filter((node) => node.type === 'job')
      .map((node) => node.step_number)
      .sort()
  }
  expect(await artifact('out/model')).toEqual([2, 3])
  expect(await artifact('out/table')).toEqual([1, 3])
  expect([model, table].map((one) => one.published.counts.new_jobs)).toEqual([2, 1])
})

interface Node {
  readonly type: string
  readonly step_number: number
}
