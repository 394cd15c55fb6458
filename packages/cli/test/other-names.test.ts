/** A file at a name that no job gave it: its content says where it came from. */
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { workspaces } from './workspace.ts'

const made = workspaces()

/** `data/a` was made by @1 of what is in the commit. */
function pipeline() {
  const workspace = made().write('in', '1\n2\n').write('.gitignore', 'data/\n.roar/\n').commit()
  workspace.write('data/.keep', '')
  workspace.must('run', 'sh', '-c', 'sort -r in > data/a')
  return workspace
}

const makers = (document: { artifact: { produced_by: readonly { step: string; path: string }[] } }) =>
  document.artifact.produced_by.map(({ step, path }) => [step, path])

it.each([
  ['a hard link that a job made', (w: ReturnType<typeof pipeline>) => w.must('run', 'ln', 'data/a', 'data/b')],
  ['a copy made by hand', (w: ReturnType<typeof pipeline>) => w.shell('cp data/a data/b')],
  ['a file moved by hand', (w: ReturnType<typeof pipeline>) => w.shell('mv data/a data/b')],
])('%s leads to whoever made its content', (_, change) => {
  const workspace = pipeline()
  change(workspace)
  for (const read of [false, true]) {
    if (read) workspace.must('run', 'sh', '-c', 'head -1 data/b > data/c')
    expect(makers(JSON.parse(workspace.must('show', 'data/b', '--json').out))).toEqual([['@1', 'data/a']])
    const lineage = JSON.parse(workspace.must('lineage', 'data/b', '--json').out)
    const jobs = lineage.nodes.filter((node: { type: string }) => node.type === 'job')
    expect(jobs.map((job: { step: string }) => job.step)).toEqual(['@1'])
    const planned = JSON.parse(workspace.must('reproduce', 'data/b', '--json').out)
    expect(planned.steps.map((one: { step: string }) => one.step)).toEqual(['@1'])
    const { counts } = JSON.parse(workspace.must('register', 'data/b', '--dry-run', '--json').out)
    expect(counts).toMatchObject({ jobs: 1, outputs: 1 })
  }
  expect(workspace.must('impact', 'data/b').out).toContain('head -1 data/b')
})

it('is not told of other bytes, nor of an empty file', () => {
  const workspace = pipeline()
  workspace.must('run', 'sh', '-c', ': > data/empty')
  workspace.write('data/none', '').write('data/other', 'other\n')
  for (const name of ['data/none', 'data/other']) {
    const said = workspace.roar('show', name)
    expect([said.code, said.err]).toEqual([1, expect.stringContaining('ROAR_REF_UNKNOWN')])
  }
  expect(workspace.roar('show', join('data', 'nowhere')).code).toBe(1)
})
