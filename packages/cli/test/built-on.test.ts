/** What a job kept without reading it: appended to, renamed, changed in part. It came from somewhere, and without it nothing can be made again. */
import { afterEach, describe, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { elsewhere, leave, makeAgain, project, serve, verdictOf } from './two-machines.ts'

afterEach(leave)

const first =
  'mkdir -p out; sort src.txt > out/log; sort -r src.txt > out/model.tmp; head -c 64 /dev/zero > out/block\n'
const made = () => {
  const workspace = project({ 'src.txt': '2\n1\n', 'a.sh': first })
  workspace.must('run', 'sh', 'a.sh')
  workspace.must('run', 'sh', '-c', 'echo more >> out/log')
  workspace.must('run', 'mv', 'out/model.tmp', 'out/model')
  workspace.must('run', 'dd', 'if=src.txt', 'of=out/block', 'conv=notrunc', 'status=none')
  return workspace
}

it('An output says what it was built on, which is none of the inputs; and the lineage goes on there', () => {
  const workspace = made()
  for (const [step, output, from] of [
    ['@2', 'out/log', 'out/log'],
    ['@3', 'out/model', 'out/model.tmp'],
    ['@4', 'out/block', 'out/block'],
  ] as const) {
    const document = JSON.parse(workspace.must('show', step, '--json').out)
    expect(schemaErrors(document)).toEqual([])
    const { inputs, outputs } = document.job
    expect(inputs.map(({ path }: { path: string }) => path)).toEqual(step === '@4' ? ['src.txt'] : [])
    expect(outputs).toMatchObject([{ path: output, base: { path: from, producer: '@1' } }])
    expect(Object.keys(outputs[0].base.digests)).toEqual(['blake3'])
    expect(workspace.must('lineage', output).out).toContain('sh a.sh')
  }
  const [log] = JSON.parse(workspace.must('show', '@1', '--json').out).job.outputs
  expect(log.base).toBeNull()
  expect(workspace.must('show', '@3').out).toMatch(/out\/model .* renamed +was out\/model\.tmp, from @1/)
  expect(workspace.must('dag', '--dot').out).toContain('out/model.tmp')
})

it('Each run that appends is built on the one before', () => {
  const workspace = made()
  workspace.must('run', 'sh', '-c', 'echo more >> out/log')
  const { outputs } = JSON.parse(workspace.must('show', '@2', '--json').out).job
  expect(outputs).toMatchObject([{ path: 'out/log', base: { producer: '@2' } }])
  expect(workspace.must('lineage', 'out/log').out).toContain('sh a.sh')
  expect(workspace.must('status').out).not.toContain('stale')
})

const sets =
  'mkdir -p out/set; for i in 0 1 2; do seq $i 9 > out/set/part-$i.csv; done; mkdir -p out/z.zarr/c; cp meta.json out/z.zarr/zarr.json; for i in 0 1; do echo $i > out/z.zarr/c/$i; done'
const meta = {
  ...{ zarr_format: 3, node_type: 'array', shape: [4], data_type: 'int8', fill_value: 0, codecs: [] },
  chunk_grid: { name: 'regular', configuration: { chunk_shape: [1] } },
  chunk_key_encoding: { name: 'default' },
}

it('A data set is built on itself where some members are written, on the one that was moved; a member on its set', () => {
  const workspace = project({ 'meta.json': JSON.stringify(meta) })
  workspace.must('run', 'sh', '-c', sets)
  workspace.must('run', 'sh', '-c', 'echo 7 > out/z.zarr/c/2')
  workspace.must('run', 'mv', 'out/z.zarr', 'out/y.zarr')
  workspace.must('run', 'mv', 'out/set/part-1.csv', 'out/one.csv')
  workspace.must('run', 'sh', '-c', 'echo 3 >> out/set/part-2.csv')
  const bases = (step: string) =>
    JSON.parse(workspace.must('show', step, '--json').out).job.outputs.map(
      ({ path, base }: { path: string; base: { path: string; producer: string } | null }) => [
        path,
        base?.path,
        base?.producer,
      ],
    )
  expect(bases('@2')).toEqual([['out/z.zarr', 'out/z.zarr', '@1']])
  expect(bases('@3')).toEqual([['out/y.zarr', 'out/z.zarr', '@2']])
  expect(bases('@4')).toEqual([['out/one.csv', 'out/set/part-*.csv', '@1']])
  expect(bases('@5')).toEqual([['out/set/part-2.csv', 'out/set/part-*.csv', '@1']])
  const lineage = workspace.must('lineage', 'out/y.zarr').out
  expect(['@1', '@2', '@3', '@4', '@5'].filter((step) => lineage.includes(`${step} `))).toEqual(['@1', '@2', '@3'])
})

it('A file that was a member of a set, and is none any more, comes from whoever made the set', async () => {
  const workspace = project({ 'a.sh': 'mkdir -p out; for i in 0 1 2; do seq $i 9 > out/part-$i.csv; done' })
  workspace.must('run', 'sh', 'a.sh')
  workspace.must('run', 'rm', 'out/part-1.csv')
  workspace.must('run', 'sh', '-c', 'cat out/part-0.csv out/part-2.csv > out/both')
  expect(workspace.job('@1').outputs).toMatchObject([{ path: 'out/part-*.csv' }])
  const { inputs } = JSON.parse(workspace.must('show', '@3', '--json').out).job
  expect(inputs).toMatchObject([
    { path: 'out/part-0.csv', base: { path: 'out/part-*.csv', producer: '@1' } },
    { path: 'out/part-2.csv' },
  ])
  expect(workspace.must('lineage', 'out/both').out).toContain('sh a.sh')
  expect(workspace.must('show', '@3').out).toMatch(/out\/part-0\.csv .* from @1, in out\/part-\*\.csv/)
  expect(await makeAgain(workspace, 'out/both')).toMatchObject({ verdict: 'identical' })
})

it('A member that was moved comes from whoever made its set, however many files from outside the job has read', () => {
  const workspace = project({ 'a.sh': 'mkdir -p out; for i in 0 1 2; do seq $i 9 > out/part-$i.csv; done' })
  workspace.must('run', 'sh', 'a.sh')
  workspace.shell('mkdir data; cd data; seq 1100 | split -a 3 -l 1')
  workspace.must('run', 'sh', '-c', 'cat data/* > out/all; mv out/part-1.csv out/one')
  const one = workspace.job('@2').outputs.find(({ path }) => path === 'out/one')
  expect(one).toMatchObject({ base: { path: 'out/part-*.csv', producer: '@1' } })
})

describe('A member that was copied out of a composite by hand', () => {
  const copied = () => {
    const workspace = project({ 'meta.json': JSON.stringify(meta) })
    workspace.must('run', 'sh', '-c', sets)
    workspace.shell('cp out/z.zarr/c/1 out/copy; cp out/set/part-2.csv out/two')
    workspace.must('run', 'sh', '-c', 'wc out/copy > out/end')
    workspace.must('run', 'sh', '-c', 'wc -l out/two > out/end2')
    return workspace
  }

  it('is joined to whoever made the composite, and stays an input of its own', () => {
    const workspace = copied()
    const { inputs } = JSON.parse(workspace.must('show', '@2', '--json').out).job
    expect(inputs).toMatchObject([{ path: 'out/copy', base: { path: 'out/z.zarr', producer: '@1' } }])
    expect(workspace.must('show', '@2').out).toMatch(/out\/copy .* from @1, in out\/z\.zarr/)
    expect(workspace.must('show', '@3').out).toMatch(/out\/two .* from @1, in out\/set\/part-\*\.csv/)
    expect(workspace.must('lineage', 'out/end').out).toContain('@1')
    const dag = workspace.must('dag', 'out/end', '--dot').out
    expect([dag.includes('out/copy'), dag.includes('out/z.zarr')]).toEqual([true, true])
    expect(workspace.must('pop').out).toContain('@3')
  })

  it.each([
    ['out/end', 'out/copy'],
    ['out/end2', 'out/two'],
  ])('is made again with it, by a script, and elsewhere: %s', async (output, copy) => {
    const workspace = copied()
    workspace.shell('rm out/copy out/two')
    const plan = JSON.parse(workspace.must('reproduce', output, '--json').out)
    expect(schemaErrors(plan)).toEqual([])
    expect(plan).toMatchObject({ ready: true, inputs: [{ path: copy, state: 'member' }] })
    workspace.shell(`$roar reproduce ${output} --script > ../again.sh; sh ../again.sh ../by-script`)
    expect(workspace.shell(`cmp ${output} ../by-script/work/${output} && echo same`).out).toBe('same\n')
    expect(await makeAgain(workspace, output)).toMatchObject({ verdict: 'identical', holds: true })
  })
})

it('A step that was broken off is not built on what it left itself: neither what it appended, nor what it moved', () => {
  const workspace = project({
    'src.txt': '2\n1\n',
    'a.sh': first,
    'b.sh': 'echo more >> out/log; mv out/model.tmp out/model; test -z "$BROKEN" && cat out/log out/model > out/all\n',
  })
  workspace.must('run', 'sh', 'a.sh')
  workspace.must('run', 'sh', 'b.sh')
  const again = '--run --json --dir ../again'
  for (const _ of [1, 2]) {
    const broken = workspace.shell(`BROKEN=1 $roar reproduce out/all ${again}`)
    expect(JSON.parse(broken.out || broken.err.slice(broken.err.indexOf('{'))).error.code).toBe('ROAR_REPRODUCE_STEP')
  }
  expect(JSON.parse(workspace.shell(`$roar reproduce out/all ${again}`).out)).toMatchObject({ verdict: 'identical' })
  expect(workspace.shell('ls ../again').out).not.toContain('before')
})

it('Numbered files that several jobs have made one by one are found as their parts, where a job finds them together', async () => {
  const workspace = project({ 'src.txt': '2\n1\n' })
  for (const n of [1, 2, 3])
    workspace.must('run', 'sh', '-c', `mkdir -p out/${n % 2}; sort src.txt > out/part-${n}.csv`)
  workspace.shell('rm -rf out/0 out/1')
  workspace.must('run', 'sh', '-c', 'cat out/part-*.csv > out/all')
  workspace.must('run', 'sh', '-c', 'cp out/all out/stage1.csv')
  workspace.must('run', 'sh', '-c', 'sort -r out/stage1.csv > out/stage2.csv')
  workspace.must('run', 'sh', '-c', 'sort out/stage2.csv > out/end')
  const lineage = workspace.must('lineage', 'out/end').out
  const steps = ['@1', '@2', '@3', '@4', '@5', '@6', '@7']
  expect(steps.filter((step) => lineage.includes(`${step} `))).toEqual(steps)
  expect(await makeAgain(workspace, 'out/end')).toMatchObject({ verdict: 'identical', holds: true })
})

describe('A table to which each job adds a line', () => {
  const trained = () => {
    const train = 'mkdir -p out; sort src.txt | sed "s/^/$1 /" > out/model-$1.txt; echo "$1 done" >> out/results\n'
    const workspace = project({ 'src.txt': '2\n1\n', 'train.sh': train })
    for (const seed of ['x', 'y', 'z']) workspace.must('run', 'sh', 'train.sh', seed)
    return workspace
  }
  const stepsIn = (text: string) => ['@1', '@2', '@3'].filter((step) => text.includes(`${step} `))

  it('comes from all of them, and what else they made from none of the others', () => {
    const workspace = trained()
    expect(stepsIn(workspace.must('lineage', 'out/results').out)).toEqual(['@1', '@2', '@3'])
    expect(stepsIn(workspace.must('lineage', 'out/model-z.txt').out)).toEqual(['@3'])
    expect(stepsIn(workspace.must('lineage', 'out/model-y.txt').out)).toEqual(['@2'])
    const steps = (ref: string) => JSON.parse(workspace.must('reproduce', ref, '--json').out).steps.length
    expect([steps('out/results'), steps('out/model-z.txt')]).toEqual([3, 1])
    const sent = (ref: string) => JSON.parse(workspace.must('register', ref, '--dry-run', '--json').out).sent.jobs
    expect([sent('out/results').length, sent('out/model-z.txt').length]).toEqual([3, 1])
    // Told whole, so that it is one job whatever is registered of it: the table says what it was kept for.
    const kept = sent('out/model-z.txt')[0].inputs.filter((edge: { kept_for?: string }) => edge.kept_for)
    expect(kept).toMatchObject([{ path: 'out/results', kept_for: 'out/results' }])
  })

  it('is told apart in a registry that knows the whole session, too', async () => {
    const workspace = trained()
    const url = await serve(workspace)
    workspace.must('config', 'set', 'registry.url', url)
    workspace.must('register', 'session:current', '-y')
    const digestOf = (path: string) => workspace.must('hash', path).out.split(' ')[0] as string
    const [model, table] = [digestOf('out/model-z.txt'), digestOf('out/results')]
    const verdict = (digest: string) =>
      verdictOf(elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json'))
    expect(verdict(model)).toMatchObject({ verdict: 'identical', steps: [{ step: '@3' }] })
    expect(verdict(table)).toMatchObject({
      verdict: 'identical',
      steps: [{ step: '@1' }, { step: '@2' }, { step: '@3' }],
    })
  })
})

it.each(['out/log', 'out/model', 'out/block'])(
  '%s is made again on another machine by its digest alone',
  async (output) => {
    expect(await makeAgain(made(), output)).toMatchObject({ verdict: 'identical', holds: true })
  },
)
