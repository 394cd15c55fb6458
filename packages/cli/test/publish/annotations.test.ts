// Notes and marks as a user writes them.
import { expect, it } from 'vitest'
import { type TestWorkspace, workspaces } from '../workspace.ts'

const made = workspaces()

function workspace(): TestWorkspace {
  const w = made()
  w.write('.gitignore', '.roar/\nmiddle\nend\n').write('data', 'a\nb\n').commit()
  w.must('run', 'sh', '-c', 'wc -l data > middle')
  return w
}

const json = (text: string) => JSON.parse(text)

it('a mark on data holds for all that was made from it, before and after, over the border of a session', () => {
  const w = workspace()
  w.must('tag', 'add', 'license=MIT', 'data', '-q')
  w.must('reset', '-q')
  w.must('run', '--tag', 'stage=last', 'sh', '-c', 'sort middle data > end')
  const { marks } = json(w.must('tag', 'show', 'end', '--json').out)
  expect(marks).toEqual([
    { name: 'stage', value: 'last', own: false, from: [expect.objectContaining({ of: 'job', step: '@1' })] },
    { name: 'license', value: 'MIT', own: false, from: [expect.objectContaining({ of: 'artifact', path: 'data' })] },
  ])
  const elsewhere = w.roar('tag', 'rm', 'license', 'end')
  expect(elsewhere.err).toMatch(/ROAR_TAG_ELSEWHERE[\s\S]*roar tag rm license data/)
  w.must('tag', 'rm', 'license', 'data')
  expect(json(w.must('tag', 'show', 'end', '--json').out).marks).toHaveLength(1)
  expect(w.must('tag', 'history', 'data').out).toMatch(/add {5}license=MIT[\s\S]*remove {2}license/)
  expect(w.roar('tag', 'add', 'License=MIT', 'data').code).toBe(2)
})

it('labels are one document with its history; numbers are numbers, and what is kept for roar is refused', () => {
  const w = workspace()
  w.must(
    'label',
    'set',
    'model.name=resnet',
    'model.depth=50',
    'note=two words',
    'id=00012345678901234567890',
    'middle',
  )
  expect(json(w.must('label', 'show', 'middle', '--json').out).labels).toEqual({
    id: '00012345678901234567890',
    model: { depth: 50, name: 'resnet' },
    note: 'two words',
  })
  expect(w.roar('label', 'unset', 'note', 'model.dept', 'middle')).toMatchObject({
    code: 1,
    err: expect.stringMatching(
      /No label 'model.dept' is set there\. \[ROAR_LABEL_UNKNOWN\]\n {2}Did you mean model.depth\?/,
    ),
  })
  w.must('label', 'unset', 'model.depth', 'note', 'middle')
  w.must('label', 'cp', 'middle', '@1')
  expect(json(w.must('label', 'show', '@1', '--json').out).labels).toMatchObject({ model: { name: 'resnet' } })
  expect(w.must('label', 'history', 'middle').out.trim().split('\n')).toHaveLength(7)
  expect(w.roar('label', 'set', 'tag.license=MIT', 'middle').code).toBe(2)
  const sent = json(w.must('register', 'middle', '--dry-run', '--json').out).sent
  expect(sent.labels).toContainEqual(
    expect.objectContaining({ labels: expect.objectContaining({ model: { name: 'resnet' } }) }),
  )
})
