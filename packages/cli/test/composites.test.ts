// Directory-shaped data through the built command: recorded as one artifact, with the part that a job touched; hashed, proved and found the same.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { schemaErrors } from './schemas.ts'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

const array = 'mkdir -p a.zarr/c && echo \'{"zarr_format":3,"node_type":"array"}\' > a.zarr/zarr.json'
const chunks = 'for i in 0 1 2 3 4 5 6 7 8 9; do echo chunk $i > a.zarr/c/$i; done; echo words > a.zarr/README.md'
const composite = (edges: readonly { readonly kind: string; readonly path: string }[], path = 'a.zarr') =>
  edges.find((edge) => edge.path === path && edge.kind === 'composite') as
    | {
        digests: Record<string, string>
        members: number
        complete?: boolean
        part?: { members: number; paths: string[] } | null
      }
    | undefined
const sh = (script: string, ...options: string[]) => {
  const said = w.roar('run', '-q', ...options, 'sh', '-c', script)
  expect(said.code, said.err).toBe(0)
  const step = JSON.parse(w.must('log', '--json').out).jobs.at(-1).uid as string
  return w.job(step)
}

it('an array that a job writes is one output; its README stays a file', () => {
  const job = sh(`${array}; ${chunks}`)
  expect(job.outputs.map((edge) => edge.path).sort()).toEqual(['a.zarr', 'a.zarr/README.md'])
  expect(composite(job.outputs)).toMatchObject({ format: 'zarr', members: 11, complete: true, part: null })
})

it('reading some of it records all of it, from the job that made it, and the part', () => {
  const job = sh('cat a.zarr/zarr.json a.zarr/c/3 > /dev/null')
  const input = composite(job.inputs)
  expect(input).toMatchObject({ members: 11, producer: '@1' })
  expect(input?.part?.paths).toEqual(['c/3', 'zarr.json'])
})

it('roar hash gives a directory the digest that the recorder gave it, and find knows it by that and by the flat one', () => {
  const [hashed] = JSON.parse(w.must('hash', 'a.zarr', '--json').out).files
  const recorded = composite(w.job('@2').inputs)
  expect(hashed.digests).toEqual(recorded?.digests)
  for (const name of ['blake3', 'composite-blake3'])
    expect(JSON.parse(w.must('find', hashed.digests[name], '--json').out).matches).toHaveLength(1)
})

it('a member is found by its own digest', () => {
  const [file] = JSON.parse(w.must('hash', 'a.zarr/c/3', '--json').out).files
  const found = JSON.parse(w.must('find', file.digests.blake3, '--json').out)
  expect(found.members).toMatchObject([{ path: 'c/3' }])
  expect(found.matches[0].format).toBe('zarr')
})

it('a changed member makes another version, of which the job changed one member', () => {
  const job = sh('echo other > a.zarr/c/3')
  expect(composite(job.outputs)).toMatchObject({ members: 11, part: { members: 1, paths: ['c/3'] } })
  expect(composite(job.outputs)?.digests.blake3).not.toBe(composite(w.job('@1').outputs)?.digests.blake3)
})

it('verify reads every member again, and names the first that is not what it was', () => {
  const verdict = () => JSON.parse(w.roar('verify', 'a.zarr', '--json').out)
  expect(verdict()).toMatchObject({ holds: true, unverified: [], outputs: [{ path: 'a.zarr', verdict: 'identical' }] })
  writeFileSync(join(w.root, 'a.zarr/c/3'), 'OTHER\n')
  const changed = verdict()
  expect(schemaErrors(changed)).toEqual([])
  expect(changed.outputs).toMatchObject([{ verdict: 'different', difference: 'c/3 is not what it was' }])
  writeFileSync(join(w.root, 'a.zarr/c/3'), 'other\n')
  writeFileSync(join(w.root, 'a.zarr/c/30'), 'new')
  expect(verdict().outputs).toMatchObject([{ verdict: 'different', difference: 'c/30 was not there' }])
  rmSync(join(w.root, 'a.zarr/c/30'))
  expect(verdict().holds).toBe(true)
})

it('the graph tells what a composite is', () => {
  const dag = JSON.parse(w.must('dag', '--json').out)
  expect(schemaErrors(dag)).toEqual([])
  expect(dag.nodes).toContainEqual(
    expect.objectContaining({ path: 'a.zarr', kind: 'composite', format: 'zarr', members: 11 }),
  )
})

// Zarr, and whoever else writes with care, puts a new file in the place of the old one.
it('a member that the job read and put another in the place of was part of what it read', () => {
  const before = composite(sh('cat a.zarr/zarr.json > /dev/null').inputs)?.digests
  const job = sh('cat a.zarr/c/4 > /dev/null; echo again > a.zarr/.t; mv a.zarr/.t a.zarr/c/4')
  expect(composite(job.inputs)).toMatchObject({
    members: 11,
    digests: before,
    producer: '@3',
    part: { paths: ['c/4'] },
  })
  expect(job.inputs).toHaveLength(1)
  expect(composite(job.outputs)).toMatchObject({ members: 11, part: { paths: ['c/4'] } })
})

it('of a member that the job put another in the place of unread nobody knows what it was', () => {
  const job = sh('cat a.zarr/c/4 > /dev/null; echo blind > a.zarr/.t; mv a.zarr/.t a.zarr/c/5')
  expect(composite(job.inputs)).toMatchObject({ members: 11, digests: {}, reason: 'overwritten-before-hash' })
})

it('a removed member makes another version', () => {
  const job = sh('rm a.zarr/c/9')
  expect(composite(job.outputs)).toMatchObject({ members: 10 })
})

it('a proof holds for its member and for nothing else', () => {
  w.must('hash', '--prove', 'a.zarr/c/3', '--output', 'c3.proof')
  expect(statSync(join(w.root, 'c3.proof')).size).toBeLessThan(1024)
  const good = w.roar('verify', '--proof', 'c3.proof', 'a.zarr/c/3', '--json')
  for (const said of [good.out, w.must('hash', '--prove', 'a.zarr/c/3', '--json').out])
    expect(schemaErrors(JSON.parse(said))).toEqual([])
  expect([good.code, JSON.parse(good.out)]).toMatchObject([0, { sound: true, content: true, known: ['a.zarr'] }])
  expect(w.roar('verify', '--proof', 'c3.proof', 'a.zarr/c/4').code).toBe(3)
  const bytes = readFileSync(join(w.root, 'c3.proof'))
  bytes[60] = (bytes[60] ?? 0) ^ 1
  writeFileSync(join(w.root, 'bad.proof'), bytes)
  expect(w.roar('verify', '--proof', 'bad.proof').code).toBe(3)
  expect(w.roar('verify', '--proof', 'a.zarr/zarr.json').code).toBe(2)
})

it('a directory that is removed or put in the place of another was no member', () => {
  const made = composite(
    sh(`${array.replaceAll('a.zarr', 'd.zarr')}; for i in 0 1; do echo $i > d.zarr/c/$i; done`).outputs,
    'd.zarr',
  )
  const swap = sh('cp -r d.zarr new; echo x > new/c/1; mv d.zarr old; mv new d.zarr; rm -r old')
  expect(composite(swap.inputs, 'd.zarr')).toMatchObject({ members: 3, digests: made?.digests, part: null })
  const removed = sh('cat d.zarr/zarr.json > /dev/null; mkdir d.zarr/e; rmdir d.zarr/e; rm -r d.zarr/c')
  expect(composite(removed.inputs, 'd.zarr')).toMatchObject({ members: 3, reason: 'vanished' })
})

it('what a rule declares is one artifact, incomplete without its finish marker', () => {
  writeFileSync(
    join(w.root, '.roar/config.toml'),
    '[[composite]]\nglob = "runs/*/dump"\nname = "dump"\nmembers = ["*.bin"]\nfinished = "DONE"\n',
  )
  const dump =
    'mkdir -p runs/1/dump && echo 1 > runs/1/dump/a.bin && echo 2 > runs/1/dump/b.bin && echo n > runs/1/dump/notes'
  const open = composite(sh(dump).outputs, 'runs/1/dump')
  expect(open).toMatchObject({ format: 'dump', members: 2, complete: false })
  expect(composite(sh(`${dump}; touch runs/1/dump/DONE`).outputs, 'runs/1/dump')).toMatchObject({
    complete: true,
    members: 3,
  })
})

it('a rule with a slash behind it means the directory', () => {
  writeFileSync(join(w.root, '.roar/config.toml'), '[[composite]]\nglob = "./slash[0-9]/d/"\n')
  const job = sh('mkdir -p slash1/d/x && echo s1 > slash1/d/1 && echo s2 > slash1/d/x/2')
  expect(job.outputs.map((one) => [one.path, one.kind])).toEqual([['slash1/d', 'composite']])
})

it.each([
  ['!out/d', 'says what is none'],
  ['../out', 'leads out of the workspace'],
  ['./', 'is the workspace itself'],
  ['out[0-9/d', 'has a bracket that is not closed'],
])('a rule that can match nothing is refused before anything starts: %s', (glob, why) => {
  writeFileSync(join(w.root, '.roar/config.toml'), `[[composite]]\nglob = "${glob}"\n`)
  const said = w.roar('run', '--allow-dirty', 'touch', 'started')
  writeFileSync(join(w.root, '.roar/config.toml'), '')
  expect(said.code).toBe(125)
  expect(said.err).toContain(why)
  expect(existsSync(join(w.root, 'started'))).toBe(false)
})

it('a directory that --composite names and the job did not touch is told; the workspace is none', () => {
  const said = w.roar('run', '--allow-dirty', '--composite', 'untouched', 'true')
  expect(said.err).toContain('--composite untouched: no file that the job read or wrote lies there')
  for (const typed of ['.', '', '/']) {
    const refused = w.roar('run', '--allow-dirty', '--composite', typed, 'touch', 'started')
    expect([refused.code, refused.err.includes('ROAR_USAGE')]).toEqual([125, true])
  }
  expect(existsSync(join(w.root, 'started'))).toBe(false)
})

it('a directory is declared for one run by --composite', () => {
  const job = sh('mkdir -p frames/x && echo 1 > frames/1 && echo 2 > frames/x/2', '--composite', 'frames')
  expect(composite(job.outputs, 'frames')).toMatchObject({ format: 'directory', members: 2 })
})

it('loose files stay as many edges as there are', () => {
  const job = sh('mkdir -p loose && for i in 1 2 3 4 5; do echo $i > loose/$i; echo $i > loose/v$i.txt; done')
  expect(job.outputs).toHaveLength(10)
})

it('roar pop takes a composite away that nothing else has', () => {
  const job = sh('mkdir -p p.zarr && echo \'{"zarr_format":2}\' > p.zarr/.zgroup && echo x > p.zarr/0')
  const root = composite(job.outputs, 'p.zarr')?.digests.blake3 as string
  expect(w.roar('find', root).code).toBe(0)
  w.must('pop', '-q')
  expect(w.roar('find', root).code).toBe(1)
})
