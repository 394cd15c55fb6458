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

it('What is behind the streams tells one step from another, but not a log that a whole script writes to', () => {
  clean({ '.gitignore': '.roar/\nout*\nlog*\n', a: '2\n1\n', b: '4\n3\n' })
  w.shell('$roar run -q sort < a > out1; $roar run -q sort < b > out2; $roar run -q sort < a > out1')
  expect(w.must('log').out.match(/@\d/g)).toEqual(['@1', '@2', '@1'])
  w.shell('(echo begun; $roar run -q cat out1; $roar run -q cat out2) > log1 2>&1')
  w.shell('(echo begun; $roar run -q cat out1; $roar run -q cat out2) > log2 2>&1')
  expect(w.must('show', '@1').out).toMatch(/streams +< a > out1\n/)
  expect(w.must('show', '@4').out).toMatch(/streams +> log2 2>&1\n/)
  expect(w.must('log').out.match(/@\d/g)?.slice(3)).toEqual(['@3', '@4', '@3', '@4'])
})

it('A step that reads its standard input is not run again without one', () => {
  clean({ '.gitignore': '.roar/\nout*\n', 'sub/a b': '2\n1\n' })
  w.shell("cd sub && $roar run -q sort < 'a b' > ../out1")
  const refused = w.roar('run', '@1')
  expect(refused.code).toBe(125)
  expect(refused.err).toContain('[ROAR_RUN_INPUT]')
  expect(refused.err).toContain("roar run @1 < 'a b' > ../out1   in sub")
  expect(w.shell("cd sub && $roar run -q @1 < 'a b' > ../out1 && cat ../out1")).toMatchObject({
    code: 0,
    out: '1\n2\n',
  })
  expect(w.shell('echo x | $roar run -q @1 | cat')).toMatchObject({ code: 0, out: 'x\n' })
  expect(w.must('log').out.match(/@\d/g)).toEqual(['@1', '@1', '@1'])
  expect(w.must('show', '@1').out).toMatch(/pipe +standard input and output: what went through it is in no file\n/)
})

it('A file that an earlier execution of a step has made, and no newer one, comes from there', () => {
  clean({ '.gitignore': '.roar/\nout*\n', a: '2\n1\n' })
  w.shell('for year in 2020 2021; do YEAR=$year $roar run -q sh -c \'cp a "out$YEAR"\'; done')
  w.must('run', '-q', 'sh', '-c', 'cat out2020 out2021 > out')
  const { nodes, edges } = JSON.parse(w.must('dag', '--json').out)
  const jobs = nodes.filter((node: { type: string }) => node.type === 'job')
  expect(jobs.map((node: { step: string; superseded: boolean }) => [node.step, node.superseded])).toEqual([
    ['@1', false],
    ['@1', false],
    ['@2', false],
  ])
  const made = edges.filter((edge: { role: string }) => edge.role === 'output')
  expect(made.map((edge: { path: string }) => edge.path)).toEqual(['out2020', 'out2021', 'out'])
  expect(w.must('status').out).toMatch(/steps \(2\)\n.*@1.*\n.*@2/)
  expect(w.must('status').out).toContain('3 present')
})
