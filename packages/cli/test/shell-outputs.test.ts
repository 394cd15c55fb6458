/** `roar run sort < in > out` in a clean work tree: the shell makes `out` before roar looks at git, and nobody can commit what is not written yet. */
import { afterEach, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

let w: TestWorkspace
afterEach(() => w.remove())

const clean = (files: Readonly<Record<string, string>>) => {
  w = new TestWorkspace()
  for (const [name, text] of Object.entries(files)) w.write(name, text)
  w.commit()
}
const gitOf = (ref: string) => JSON.parse(w.must('show', ref, '--json').out).job.git

it('A file that the shell has made for the streams of the command is no change', () => {
  clean({ in: 'b\na\n' })
  expect(w.shell('$roar run -q sort < in > out.txt 2>> errors.txt')).toMatchObject({ code: 0, err: '' })
  expect(w.shell('cat out.txt')).toMatchObject({ out: 'a\nb\n' })
  expect(gitOf('@1')).toMatchObject({ dirty: false })
})

it('Nor is one of the commit that it has emptied for them', () => {
  clean({ in: 'b\na\n', 'sub/out.txt': 'old\n' })
  expect(w.shell('cd sub && $roar run -q sort ../in > out.txt')).toMatchObject({ code: 0, err: '' })
  expect(gitOf('@1')).toMatchObject({ dirty: false })
})

it('Other files are, and so is one of the commit that was changed before and is appended to', () => {
  clean({ in: 'b\na\n', log: 'one\n' })
  const refused = w.shell('echo two >> log; touch other; $roar run -q sort in >> log')
  expect(refused.code).toBe(125)
  expect(refused.err).toMatch(/M\s+log\n/)
  expect(refused.err).toContain('?? other')
  expect(w.shell('rm other; git checkout -q log; $roar run -q sort in > other; echo $?').out).toBe('0\n')
  expect(w.shell('$roar run -q sort < other > more').err).toContain('?? other')
})

it('A file that is only read is no output', () => {
  clean({})
  expect(w.shell('echo x > in; $roar run -q cat < in > out').err).toMatch(/unknown \(1 file\):\n\s+\?\? in\n/)
})
