// Outputs of a step that are directories or sets, sent by `roar put @N` to a real server of S3.
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type S3Server, startS3 } from '../../storage-s3/test/moto-server.ts'
import type { TransferDocument } from '../src/transfer/transfer-document.ts'
import { schemaErrors } from './schemas.ts'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace()
let server: S3Server | string
let bucket = ''
let buckets = 0

beforeAll(async () => {
  server = await startS3()
  if (typeof server === 'string') return console.log(`skipped: ${server}`)
  Object.assign(w.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${server.port}`,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY',
    AWS_REGION: 'us-east-1',
  })
}, 300_000)

afterAll(async () => {
  if (typeof server === 'object') await server.stop()
  w.remove()
})

beforeEach(async (context) => {
  if (typeof server === 'string') return context.skip(server)
  bucket = `composites-${++buckets}`
  await fetch(`http://127.0.0.1:${server.port}/${bucket}`, { method: 'PUT' })
  w.must('reset', '-q')
})

const document = (...words: string[]): TransferDocument => JSON.parse(w.must(...words, '--json').out)
const stored = async (key: string): Promise<string | null> => {
  // It looks whether somebody has signed, not who.
  const answer = await fetch(`http://127.0.0.1:${(server as S3Server).port}/${bucket}/${key}`, {
    headers: { authorization: 'AWS x' },
  })
  return answer.ok ? answer.text() : null
}

describe('composites among the outputs of a step', () => {
  const make =
    'mkdir -p o/z.zarr o/set; echo {\\"zarr_format\\":2} > o/z.zarr/.zgroup; printf 1 > o/z.zarr/0; echo x > o/x; echo 1 > o/set/a; echo 2 > o/set/b'

  it('are sent with all their members, and recorded as the artifacts that the step made', async () => {
    w.must('run', '--allow-dirty', '--composite', 'o/set', 'sh', '-c', make)
    const sent = document('put', '@1', `s3://${bucket}/run/`)
    expect(schemaErrors(sent)).toEqual([])
    expect(sent.files.map((one) => one.path.slice(w.root.length + 1)).sort()).toEqual([
      ...['o/set/a', 'o/set/b', 'o/x', 'o/z.zarr/.zgroup', 'o/z.zarr/0'],
    ])
    expect(sent.composites.map((one) => [one.path, one.members]).sort()).toEqual([
      ['o/set', 2],
      ['o/z.zarr', 2],
    ])
    expect(sent.left_out).toEqual([])
    expect(String(await stored('run/o/z.zarr/0'))).toBe('1')
    const [made, put] = [w.job('@1'), w.job('@2')]
    for (const { kind, digests, path } of made.outputs) {
      expect(put.inputs).toContainEqual(
        expect.objectContaining({
          kind,
          digests: expect.objectContaining({ blake3: digests.blake3 }),
          path,
          producer: '@1',
        }),
      )
    }
    expect(
      put.outputs
        .filter((one) => one.kind === 'composite')
        .map((one) => one.path)
        .sort(),
    ).toEqual([`s3://${bucket}/run/o/set/`, `s3://${bucket}/run/o/z.zarr/`])
    const root = made.outputs.find((one) => one.path === 'o/z.zarr')?.digests.blake3 as string
    w.must('get', `s3://${bucket}/run/o/z.zarr/`, 'fetched.zarr', '--hash', root)
  })

  it('of which the digest is another one leave nothing, and no directories', () => {
    w.shell(
      'mkdir -p p.zarr/a; echo {\\"zarr_format\\":2} > p.zarr/.zgroup; printf 1 > p.zarr/a/0; mkdir -p there/kept',
    )
    w.must('put', 'p.zarr', `s3://${bucket}/p.zarr/`)
    for (const [directory, first] of [
      ['new/p.zarr', 'new'],
      ['there/p.zarr', 'there/p.zarr'],
    ] as const) {
      const said = w.roar('get', `s3://${bucket}/p.zarr/`, directory, '--hash', '0'.repeat(64))
      expect([said.code, said.err]).toEqual([1, expect.stringContaining('ROAR_TRANSFER_MISMATCH')])
      expect(existsSync(join(w.root, first))).toBe(false)
    }
    expect(existsSync(join(w.root, 'there/kept'))).toBe(true)
  })

  it('may be sets of files by their names', async () => {
    w.must(
      'run',
      '--allow-dirty',
      'sh',
      '-c',
      'mkdir -p s; for n in 1 2; do echo $n > s/m-0000$n-of-00002.safetensors; done',
    )
    const [made] = w.job('@1').outputs
    expect(made).toMatchObject({ kind: 'composite', members: 2 })
    const sent = document('put', '@1', `s3://${bucket}/sets/`)
    expect(sent.composites).toMatchObject([{ path: made?.path, members: 2 }])
    expect(String(await stored('sets/s/m-00002-of-00002.safetensors'))).toBe('2\n')
    expect(w.job('@2').inputs).toMatchObject([{ producer: '@1', kind: 'composite' }])
  })

  it('of which a member has changed are refused, and nothing is sent', async () => {
    w.must('run', '--allow-dirty', 'sh', '-c', make)
    writeFileSync(join(w.root, 'o/z.zarr/0'), '2')
    const refused = w.roar('put', '@1', `s3://${bucket}/again/`)
    expect([refused.code, refused.err.includes('ROAR_TRANSFER_CHANGED')]).toEqual([1, true])
    expect(await stored('again/o/x')).toBe(null)
  })

  it('and what cannot be sent is named, with the reason', async () => {
    w.must(
      'run',
      '--allow-dirty',
      'sh',
      '-c',
      'mkdir -p l.zarr; echo {\\"zarr_format\\":2} > l.zarr/.zgroup; printf 1 > l.zarr/0; ln -s 0 l.zarr/1',
    )
    const said = w.roar('put', '@1', `s3://${bucket}/links/`, '--json')
    const sent = JSON.parse(said.out) as TransferDocument
    expect(schemaErrors(sent)).toEqual([])
    expect(sent.left_out).toEqual([{ path: 'l.zarr/1', reason: 'it is a link, and a store has none' }])
    expect(said.err).toContain('l.zarr/1 is not sent: it is a link')
    expect([sent.composites, String(await stored('links/l.zarr/0'))]).toEqual([[], '1'])
  })
})
