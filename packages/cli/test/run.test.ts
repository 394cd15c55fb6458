// `roar run` as a user types it: the built command, real programs, a repository of its own.
import { copyFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Ajv2020 from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, it } from 'vitest'
import { paths, roarBin, workspaces } from './workspace.ts'

const workspace = workspaces()

const schemas = join(import.meta.dirname, '../../core/schemas')
const schema = (name: string) => JSON.parse(readFileSync(join(schemas, `${name}.schema.json`), 'utf8'))

it('a job is recorded with what it read and wrote, tied to the commit', () => {
  const w = workspace().write('data.csv', '1,2\n').write('.gitignore', '.roar/\nmodel\n').commit()
  const said = w.roar('run', 'sh', '-c', 'cat data.csv > model')
  expect(said).toMatchObject({ code: 0, out: '' })
  expect(said.err).toMatch(/^roar: @1 [0-9a-f]{8} completed in .*, 1 input, 1 output\n$/)
  const job = w.job('@1')
  expect(job).toMatchObject({
    status: 'completed',
    exit_code: 0,
    argv: ['sh', '-c', 'cat data.csv > model'],
    cwd: '.',
    dirty: false,
  })
  expect(job.git).toMatchObject({
    branch: 'main',
    commit: w.command('git', 'rev-parse', 'HEAD').out.trim(),
    dirty: false,
  })
  expect(job.inputs).toMatchObject([{ path: 'data.csv', size: 4, sourced: 'commit', access: ['read'], reason: null }])
  expect(job.outputs).toMatchObject([{ path: 'model', size: 4, access: ['created', 'written'] }])
  expect(job.outputs[0]?.digests).toEqual(job.inputs[0]?.digests)
  expect(job.tracer?.coverage).toEqual({ complete: true, gaps: [] })
})

it('a program’s output is its own, byte for byte', () => {
  const w = workspace()
  const program = ['sh', '-c', 'printf "a\\0b\\r\\n\\377"; printf "e\\n" >&2; exit 7']
  const bare = w.execute(program[0] as string, program.slice(1))
  const said = w.roar('run', ...program)
  expect(said.out).toBe(bare.out)
  expect(said.err.replace(/^roar: .*\n/m, '')).toBe(bare.err)
  expect(said.code).toBe(7)
})

it('the exit code is the command’s, 128 and the signal’s number, 127, 126, or 125', () => {
  const w = workspace().write('plain', 'text').commit()
  expect(w.roar('run', 'sh', '-c', 'exit 3').code).toBe(3)
  expect(w.roar('run', 'sh', '-c', 'kill -9 $$').code).toBe(137)
  expect(w.job('@2')).toMatchObject({ status: 'failed', exit_code: null, signal: 'SIGKILL' })
  expect(w.roar('run', 'no-such-command')).toMatchObject({
    code: 127,
    err: expect.stringContaining('ROAR_COMMAND_NOT_FOUND'),
  })
  expect(w.roar('run', './plain')).toMatchObject({
    code: 126,
    err: expect.stringContaining('ROAR_COMMAND_NOT_EXECUTABLE'),
  })
  expect(w.roar('run', '--tracer', 'nonesuch', 'true')).toMatchObject({
    code: 125,
    err: expect.stringContaining('ROAR_TRACER_UNKNOWN'),
  })
  expect(w.roar('run').code).toBe(125)
  expect(JSON.parse(w.must('log', '--json').out).jobs).toHaveLength(2)
})

it('a dirty tree is refused with the commands that put it in order, and these do', () => {
  const w = workspace().write('train.py', 'print(1)\n').commit()
  w.must('run', 'sh', '-c', 'echo x > model')
  w.write('train.py', 'print(2)\n').write('notes', 'n')
  const said = w.roar('run', '--json', '--json-file', join(w.place, 'never.json'), 'true')
  expect(said.code).toBe(125)
  const { error } = JSON.parse(said.err)
  expect(error.code).toBe('ROAR_GIT_DIRTY')
  expect(error.cause).toMatch(/code.*train\.py.*outputs.*model.*unknown.*notes/s)
  const commands = (error.remedy as string[]).filter((line) => /^(cd|git|printf)/.test(line))
  expect(w.shell(commands.join(' && ')).code).toBe(0)
  expect(w.roar('run', 'true').code).toBe(0)
})

it('--allow-dirty records what differed', () => {
  const w = workspace().write('a', '1').commit().write('a', '2').write('new', '')
  w.must('run', '--allow-dirty', 'cat', 'a')
  const job = w.job('@1')
  expect(job.dirty).toBe(true)
  expect(job.git?.dirty_files).toEqual(
    expect.arrayContaining([
      { path: 'a', status: expect.stringContaining('M') },
      { path: 'new', status: '??' },
    ]),
  )
  expect(job.inputs).toMatchObject([{ path: 'a', sourced: 'none' }])
})

it('an output that git does not know is named with the line for .gitignore', () => {
  const w = workspace()
  expect(w.roar('run', 'sh', '-c', 'echo x > model.bin').err).toContain('/model.bin')
})

it('the job document is written to a file or to descriptor 3, and keeps its schema', () => {
  const w = workspace().write('.gitignore', '.roar/\nout\njob*.json\n').commit()
  expect(w.shell('"$roar" run --json sh -c "echo hello > out" 3>job3.json').code).toBe(0)
  w.must('run', '--json-file', 'jobf.json', 'cat', 'out')
  const validate = addFormats.default(new Ajv2020.default({ strict: false })).compile(schema('job'))
  for (const name of ['job3.json', 'jobf.json']) {
    const document = JSON.parse(readFileSync(join(w.root, name), 'utf8'))
    expect(validate(document), JSON.stringify(validate.errors)).toBe(true)
  }
  expect(w.roar('run', '--json', 'true')).toMatchObject({ code: 125, err: expect.stringContaining('ROAR_JSON_TARGET') })
})

it('an input comes from the job that made it; a step that reads anew written bytes is stale', () => {
  const w = workspace().write('.gitignore', '.roar/\n*.out\n').commit()
  w.must('run', 'sh', '-c', 'echo one > a.out')
  w.must('run', 'sh', '-c', 'cat a.out > b.out')
  expect(w.job('@2').inputs).toMatchObject([{ path: 'a.out', producer: '@1', sourced: 'job' }])
  w.must('run', '-n', 'make', 'sh', '-c', 'echo two > a.out')
  const dag = JSON.parse(w.must('dag', '--json').out)
  expect(dag.nodes.find((node: { step?: string }) => node.step === '@2').stale).toBe(true)
})

it('a step runs again with a changed parameter', () => {
  const w = workspace().write('.gitignore', '.roar/\nout\n').commit()
  w.must('run', 'sh', '-c', 'echo "$2" > out', 'sh', '--rate', '1')
  w.must('run', '@1', '--rate=5')
  expect(readFileSync(join(w.root, 'out'), 'utf8')).toBe('5\n')
  expect(w.job('@1')).toMatchObject({ execution: 2, argv: ['sh', '-c', 'echo "$2" > out', 'sh', '--rate', '5'] })
  expect(w.roar('run', '@9')).toMatchObject({ code: 125, err: expect.stringContaining('ROAR_REF_UNKNOWN') })
})

it('build steps are counted apart; names and tags are kept', () => {
  const w = workspace()
  w.must('build', '-n', 'setup', '--tag', 'stage=env', 'true')
  w.must('run', 'true')
  expect(w.job('@B1')).toMatchObject({ kind: 'build', name: 'setup', tags: { stage: 'env' } })
  expect(w.job('@1')).toMatchObject({ kind: 'run' })
})

it('outside git a job is recorded without a commit, and that is said', () => {
  const w = workspace({ git: false })
  expect(w.roar('run', 'true').err).toContain('recorded without a commit')
  expect(w.job('@1').git).toBeNull()
})

it('outside a workspace nothing is started', () => {
  const w = workspace()
  const said = w.execute(join(import.meta.dirname, '../bin/roar'), ['run', 'touch', 'never'], { cwd: w.place })
  expect(said).toMatchObject({ code: 125, err: expect.stringContaining('ROAR_WORKSPACE_MISSING') })
})

it('the directory of the command is recorded; -C works as if started there', () => {
  const w = workspace().write('sub/in', 'x').commit()
  w.must('run', '-C', 'sub', 'cat', 'in')
  expect(w.job('@1')).toMatchObject({ cwd: 'sub', inputs: [{ path: 'sub/in' }] })
})

it('names with newlines and bytes that are no text are kept whole', () => {
  const w = workspace().write('.gitignore', '*\n').command('git', 'status').code
  expect(w).toBe(0)
  const one = workspace({ git: false })
  one.must('run', 'bash', '-c', "printf x > $'n\\xff\\n'")
  const [output] = one.job('@1').outputs as readonly { path: string; path_b64?: string }[]
  expect(Buffer.from(output?.path_b64 ?? '', 'base64').toString('latin1')).toBe('n\xff\n')
})

function workspaceWithStaticTool() {
  const source = '#include <fcntl.h>\nint main(void){return open("written", O_CREAT | O_WRONLY, 0644) < 0;}\n'
  const w = workspace({ git: false }).write('m.c', source)
  expect(w.command('cc', '-static', '-o', 'tool', 'm.c').code).toBe(0)
  return w
}

it('what a tracer cannot enter is announced', () => {
  const w = workspaceWithStaticTool()
  expect(w.roar('run', '--tracer', 'preload', './tool').err).toContain('static-binary')
  expect(w.job('@1').tracer?.coverage).toMatchObject({ complete: false, gaps: [{ code: 'static-binary', count: 1 }] })
})

it('a program that a tracer cannot enter is an input itself, started by roar or by another program', () => {
  const w = workspaceWithStaticTool()
  for (const words of [['./tool'], ['sh', '-c', './tool; exit 0']]) {
    w.roar('run', '-q', '-n', 'seen', '--tracer', 'preload', ...words)
    const [tool, ...others] = w.job('@1').inputs
    expect([tool?.path, tool?.access, others]).toEqual(['tool', ['read', 'executed'], []])
    w.must('reset')
  }
})

it.skipIf(process.getuid?.() !== 0)(
  'a privilege that a tracer takes from the command is said before it starts (needs root)',
  () => {
    const w = workspace({ git: false })
    const tool = join(w.root, 'tool')
    copyFileSync('/usr/bin/id', tool)
    w.command('chown', '-R', '65534', w.place)
    w.command('chmod', '755', w.place)
    w.command('chown', 'root', tool)
    w.command('chmod', '4755', tool)
    const as = ['--reuid=65534', '--regid=65534', '--clear-groups', roarBin, 'run']
    const run = (...words: string[]) => w.execute('setpriv', [...as, '--no-tracer-fallback', ...words])
    if (w.execute('setpriv', [...as.slice(0, 3), tool, '-u']).out !== '0\n') return // a disk without set-id programs
    for (const tracer of ['ptrace', 'hybrid']) {
      const said = run('--tracer', tracer, './tool', '-u')
      expect(said.out).toBe('65534\n')
      expect(said.err).toMatch(
        new RegExp(`^warning: .*/tool: under ${tracer} .* without .* privilege.*; another keeps it`),
      )
      expect(run('--tracer', tracer, 'true').err).not.toContain('privilege')
    }
    expect(run('--tracer', 'preload', './tool', '-u')).toMatchObject({
      out: '0\n',
      err: expect.not.stringContaining('keeps'),
    })
  },
)

it('a command that one tracer cannot enter is observed by another', () => {
  const w = workspaceWithStaticTool()
  expect(w.roar('run', './tool').err).not.toContain('static-binary')
  // Whoever is not privileged keeps what set-id programs give him, and gets the second; where a daemon of eBPF is warm it comes first.
  expect(w.job('@1').tracer).toMatchObject({
    name: expect.stringMatching(/^(ebpf|hybrid|ptrace)$/),
    coverage: { complete: true, gaps: [] },
  })
  expect(paths(w.job('@1').outputs)).toEqual(['written'])
})

it('a run within a run: no file of roar itself is an input of the outer job', () => {
  const [outer, inner] = [workspace({ git: false }), workspace({ git: false }).write('in', 'x')]
  const script = `cd ${inner.root} && ${roarBin} run -q cp in out`
  expect(outer.must('run', 'sh', '-c', script).err).not.toContain('without digest')
  expect(paths(inner.job('@1').outputs)).toEqual(['out'])
  const inputs = paths(outer.job('@1').inputs)
  expect(inputs).toContain(join(inner.root, 'in'))
  // Only one library can be in a process: what the inner command does is seen by the inner run alone, and the outer one says that it lacks something.
  expect(inputs.filter((path) => !path.startsWith(inner.root))).toEqual([])
  expect(outer.job('@1').tracer?.coverage.complete).toBe(false)
})

it('a temporary name, an internal file and a rename are what they are', () => {
  const w = workspace({ git: false }).write('old', 'o')
  w.must('run', 'sh', '-c', 'echo x > t; cat t > u; mv u final; rm t; mv old new')
  const job = w.job('@1')
  expect(paths(job.outputs)).toEqual(['final', 'new'])
  expect(paths(job.deleted)).toEqual(['old'])
  expect(job.inputs).toEqual([])
})

it('a process that outlives the command is named, and does not hold it up', () => {
  const w = workspace({ git: false })
  const begun = Date.now()
  const said = w.roar('run', 'bash', '-c', 'sleep 30 >/dev/null 2>&1 & echo $! > pid; sleep 0.3')
  expect(Date.now() - begun).toBeLessThan(10_000)
  const pid = Number(readFileSync(join(w.root, 'pid'), 'utf8'))
  process.kill(pid)
  expect(said.err).toContain('went on after its main process had ended')
  expect(w.job('@1').still_running).toEqual([pid])
})
