/** Directories that are one artifact, as inputs from outside and as outputs: had by their digest, proven member by member, compared as values. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it, type TestContext } from 'vitest'
import { type S3Server, startS3 } from '../../storage-s3/test/moto-server.ts'
import { schemaErrors } from './schemas.ts'
import { elsewhere, leave, project, serve, verdictOf } from './two-machines.ts'
import type { Said, TestWorkspace } from './workspace.ts'

afterEach(leave)

const array =
  '{"zarr_format":2,"shape":[4],"chunks":[2],"dtype":"<f8","compressor":null,"fill_value":0,"order":"C","filters":null}\n'
const numbers = (...values: readonly number[]): string =>
  Buffer.from(new Float64Array(values).buffer).toString('latin1')

/** Two chunks of two numbers each. */
function writeZarr(workspace: TestWorkspace, name: string): void {
  workspace.write(`${name}/.zarray`, array)
  for (const [chunk, values] of [numbers(1, 2), numbers(3, 4)].entries())
    writeFileSync(join(workspace.root, name, String(chunk)), values, 'latin1')
}

const job = 'mkdir -p out; cat data/in.zarr/.zarray data/in.zarr/0 data/in.zarr/1 | cksum > out/sum\n'

function recorded(): TestWorkspace {
  const workspace = project({ 'a.sh': job })
  writeZarr(workspace, 'data/in.zarr')
  workspace.must('run', 'sh', 'a.sh')
  expect(workspace.job('@1').inputs).toContainEqual(
    expect.objectContaining({ path: 'data/in.zarr', kind: 'composite' }),
  )
  return workspace
}

const again = (workspace: TestWorkspace, name: string, ...words: string[]): Said =>
  workspace.roar('reproduce', 'out/sum', '--run', '--json', '--dir', join(workspace.place, name), ...words)

describe('a composite from outside', () => {
  it('is copied from where it lay, with its members and nothing else', () => {
    const workspace = recorded()
    const plan = JSON.parse(workspace.must('reproduce', 'out/sum', '--json').out)
    expect(schemaErrors(plan)).toEqual([])
    expect(plan.inputs).toMatchObject([{ path: 'data/in.zarr', kind: 'composite', state: 'found' }])
    const verdict = verdictOf(again(workspace, 'first'))
    expect(verdict).toMatchObject({ verdict: 'identical' })
    expect(readFileSync(join(verdict.directory, 'data/in.zarr/1'), 'latin1')).toBe(numbers(3, 4))
  })

  it('is found by its digest under another name, and a changed member is not taken for it', () => {
    const workspace = recorded()
    workspace.shell('mkdir -p ../backup/deep && mv data/in.zarr ../backup/deep/old-name')
    const missing = workspace.roar('reproduce', 'out/sum')
    expect(missing.code).toBe(1)
    expect(missing.out).toContain('no directory here has its digest')
    expect(verdictOf(again(workspace, 'found', '--inputs', '../backup'))).toMatchObject({ verdict: 'identical' })
    writeFileSync(join(workspace.place, 'backup/deep/old-name/1'), numbers(3, 5), 'latin1')
    const changed = again(workspace, 'changed', '--inputs', '../backup')
    expect(JSON.parse(changed.err).error.code).toBe('ROAR_REPRODUCE_INPUT_MISSING')
  })

  it('may be a set of files by their names', () => {
    const workspace = project({ 'a.sh': 'mkdir -p out; cat data/m-0000*-of-00002.safetensors | cksum > out/sum\n' })
    for (const part of ['m-00001', 'm-00002']) workspace.write(`data/${part}-of-00002.safetensors`, part)
    workspace.write('data/beside', 'not of it\n')
    workspace.must('run', 'sh', 'a.sh')
    const [input] = workspace.job('@1').inputs.filter((one) => one.kind === 'composite')
    expect(input?.path).toContain('*')
    const verdict = verdictOf(again(workspace, 'first'))
    expect(verdict).toMatchObject({ verdict: 'identical' })
    expect(existsSync(join(verdict.directory, 'data/beside'))).toBe(false)
    workspace.shell('mkdir -p ../backup && mv data ../backup/of-old')
    expect(verdictOf(again(workspace, 'found', '--inputs', '../backup'))).toMatchObject({ verdict: 'identical' })
  })

  it('is copied by the script as well', () => {
    const workspace = recorded()
    writeFileSync(join(workspace.place, 'r.sh'), workspace.must('reproduce', 'out/sum', '--script').out)
    expect(workspace.command('sh', '../r.sh', '../scripted').code).toBe(0)
    const made = readFileSync(join(workspace.place, 'scripted/work/out/sum'), 'utf8')
    expect(made).toBe(readFileSync(join(workspace.root, 'out/sum'), 'utf8'))
  })
})

describe('a composite in an object store', () => {
  let server: S3Server | string
  let buckets = 0
  beforeAll(async () => {
    server = await startS3()
  }, 300_000)
  afterAll(async () => {
    if (typeof server === 'object') await server.stop()
  })

  async function withBucket(context: TestContext, workspace: TestWorkspace): Promise<string> {
    if (typeof server === 'string') return context.skip(server)
    const bucket = `composites-${++buckets}`
    await fetch(`http://127.0.0.1:${server.port}/${bucket}`, { method: 'PUT' })
    Object.assign(workspace.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
      AWS_REGION: 'us-east-1',
    })
    return `s3://${bucket}`
  }

  it('that roar put has sent is fetched from there, before any step starts', async (context) => {
    const workspace = recorded()
    const bucket = await withBucket(context, workspace)
    workspace.must('put', 'data/in.zarr', `${bucket}/in.zarr/`)
    rmSync(join(workspace.root, 'data'), { recursive: true })
    expect(verdictOf(again(workspace, 'first'))).toMatchObject({ verdict: 'identical' })
    workspace.write('wrong', numbers(3, 5)).must('put', 'wrong', `${bucket}/in.zarr/1`, '--force')
    const falsified = again(workspace, 'second')
    const { error } = JSON.parse(falsified.err.slice(falsified.err.indexOf('{')))
    expect(error).toMatchObject({ code: 'ROAR_REPRODUCE_INPUT_MISSING' })
    expect(error.cause).toContain('its content is another')
    expect(falsified.err).not.toContain('(1 of 1)')
    expect(existsSync(join(workspace.place, 'second/work/data'))).toBe(false)
  }, 120_000)

  it('that roar get has fetched is fetched again on another machine', async (context) => {
    const workspace = project({ 'a.sh': job })
    const bucket = await withBucket(context, workspace)
    writeZarr(workspace, 'data/source.zarr')
    workspace.must('put', 'data/source.zarr', `${bucket}/z/`)
    workspace.must('reset', '-q')
    workspace.must('get', `${bucket}/z/`, 'data/in.zarr')
    workspace.must('run', 'sh', 'a.sh')
    const url = await serve(workspace)
    workspace.must('config', 'set', 'registry.url', url)
    workspace.must('register', 'out/sum', '-y')
    const [digest] = workspace.must('hash', 'out/sum').out.split(' ') as [string]
    workspace.shell('rm -rf -- * .roar .git')
    const said = elsewhere(workspace, 'reproduce', digest, '--registry', url, '--run', '--json')
    expect(verdictOf(said)).toMatchObject({ verdict: 'identical' })
  }, 120_000)
})

/** Says its arguments as 64-bit numbers. */
const values =
  "import struct, sys\nsys.stdout.buffer.write(struct.pack('<%dd' % (len(sys.argv) - 1), *map(float, sys.argv[1:])))\n"
const chunked = (chunk: number): string => array.replace('"chunks":[2]', `"chunks":[${chunk}]`).trim()
/** In chunks of two where it is recorded; in one chunk where it is made again. -S: Python's site-packages are no part of it, and no environment of them is made. */
const cutOtherwise = `mkdir -p out/z.zarr
if [ -e out/first ]
then echo '${chunked(2)}' > out/z.zarr/.zarray; python3 -S values.py 1 2 > out/z.zarr/0; python3 -S values.py 3 4 > out/z.zarr/1
else echo '${chunked(4)}' > out/z.zarr/.zarray; python3 -S values.py 1 2 3 ${'$'}{LAST:-4} > out/z.zarr/0
fi
`

describe('a composite that is made again', () => {
  const made = (script: string, ...words: string[]): TestWorkspace => {
    const workspace = project({ 'a.sh': script, 'values.py': values })
    workspace.write('out/first', '').must('run', ...words, 'sh', 'a.sh')
    expect(workspace.job('@1').outputs).toMatchObject([{ kind: 'composite' }])
    return workspace
  }
  const judged = (workspace: TestWorkspace, name: string, ref: string, ...words: string[]) =>
    verdictOf(workspace.roar('reproduce', ref, '--run', '--json', '--dir', join(workspace.place, name), ...words))

  it('is identical by its digest', () => {
    const workspace = made(
      'mkdir -p out/z.zarr; printf 1 > out/z.zarr/0; printf "{\\"zarr_format\\":2}" > out/z.zarr/.zgroup\n',
    )
    expect(judged(workspace, 'again', 'out/z.zarr')).toMatchObject({
      verdict: 'identical',
      outputs: [{ path: 'out/z.zarr' }],
    })
  })

  it('has the same content when only its chunks are cut otherwise, and is different at an element', () => {
    const workspace = made(cutOtherwise)
    expect(judged(workspace, 'again', 'out/z.zarr', '--accept', 'content')).toMatchObject({
      verdict: 'content',
      holds: true,
      outputs: [{ comparer: 'zarr' }],
    })
    workspace.env.LAST = '5'
    const other = judged(workspace, 'other', 'out/z.zarr')
    expect(other).toMatchObject({ verdict: 'different', outputs: [{ comparer: 'zarr' }] })
    expect(other.outputs[0].difference).toContain('5')
  })

  it('is compared member by member where no comparer knows it as a whole', () => {
    const set = 'mkdir -p out/set; printf \'{"a":1}\' > out/set/1.json\n'
    const order =
      'test -e out/first && printf \'{"a":1,"b":2}\' > out/set/2.json || printf \'{"b":%s, "a":1}\' $VALUE > out/set/2.json\n'
    const workspace = made(set + order, '--composite', 'out/set')
    workspace.env.VALUE = '2'
    expect(judged(workspace, 'again', 'out/set', '--accept', 'content')).toMatchObject({
      verdict: 'content',
      holds: true,
      outputs: [{ path: 'out/set', comparer: 'members' }],
    })
    workspace.env.VALUE = '3'
    expect(judged(workspace, 'other', 'out/set').outputs).toMatchObject([
      { verdict: 'different', difference: expect.stringContaining('2.json: ') },
    ])
  })
})
