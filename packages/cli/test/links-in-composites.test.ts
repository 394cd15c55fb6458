// A symbolic link is a member of the composite that it lies in: a job that only sets another one has made another version.
import { afterAll, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

const cache = 'models--a--b'
const link = `${cache}/snapshots/r1/config.json`
w.must(
  'run',
  '-q',
  'sh',
  '-c',
  `mkdir -p ${cache}/blobs ${cache}/refs ${cache}/snapshots/r1; echo x > ${cache}/blobs/x; echo y > ${cache}/blobs/y
  echo r1 > ${cache}/refs/main; ln -s ../../blobs/x ${link}`,
)
const digestOf = (step: string) => w.job(step).outputs[0]?.digests.blake3

it('of one that the job has made its links are no part that was there before', () => {
  const [output] = w.job('@1').outputs
  expect(output).toMatchObject({ path: cache, members: 4, part: null })
})

it.each([
  [`ln -sfn ../../blobs/y ${link}`, '@2'],
  [`rm ${link}; ln -s ../../blobs/x ${link}`, '@3'],
])('a link that leads elsewhere is a changed member, and none that is gone: %s', (script, step) => {
  w.must('run', '-q', 'sh', '-c', script)
  const { outputs, inputs, deleted } = w.job(step)
  expect(inputs).toEqual([])
  expect(deleted).toEqual([])
  expect(outputs).toMatchObject([{ path: cache, members: 4, part: { paths: [expect.any(String)] } }])
})

it('is another version each, and the first again with the first target', () => {
  expect(digestOf('@2')).not.toBe(digestOf('@1'))
  expect(digestOf('@3')).toBe(digestOf('@1'))
})

it('a new link is a further member; a link in no composite is no output', () => {
  w.must('run', '-q', 'sh', '-c', `ln -s ../../blobs/y ${cache}/snapshots/r1/vocab.txt; ln -s x beside`)
  expect(w.job('@4').outputs).toMatchObject([{ path: cache, members: 5, part: { paths: [expect.any(String)] } }])
})

it('a removed link is a member less', () => {
  w.must('run', '-q', 'rm', `${cache}/snapshots/r1/vocab.txt`)
  expect(w.job('@5')).toMatchObject({ outputs: [{ path: cache, members: 4 }] })
  expect(digestOf('@5')).toBe(digestOf('@1'))
})
