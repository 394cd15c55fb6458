/** get and put by the built command, against a real server of S3 behind a proxy that does what networks do: for each file of tests its own. */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactBody, JobBody } from '@roar/core'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { FaultProxy, type Seen } from '../../storage-s3/test/fault-proxy.ts'
import { type S3Server, startS3 } from '../../storage-s3/test/moto-server.ts'
import { roarBin, type Said, TestWorkspace } from './workspace.ts'

export const secret = 'wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY'
export const mib = 1 << 20
export const w = new TestWorkspace()
export let server: S3Server | string
export let proxy: FaultProxy
export let bucket = ''
let buckets = 0

beforeAll(async () => {
  server = await startS3()
  if (typeof server === 'string') return console.log(`skipped: ${server}`)
  proxy = new FaultProxy(server.port)
  const port = await proxy.listen()
  Object.assign(w.env, {
    AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: secret,
    AWS_REGION: 'us-east-1',
  })
}, 300_000)

afterAll(async () => {
  proxy?.close()
  if (typeof server === 'object') await server.stop()
  w.remove()
})

beforeEach(async (context) => {
  if (typeof server === 'string') return context.skip(server)
  proxy.calm()
  bucket = `bucket-${++buckets}`
  await fetch(`http://127.0.0.1:${server.port}/${bucket}`, { method: 'PUT' })
  w.must('reset', '-q')
})

/** Beside this process, which has to serve it. */
export function roar(...words: string[]): Promise<Said> {
  return new Promise((resolve) => {
    const child = spawn(roarBin, words, { cwd: w.root, env: w.env })
    let [out, err] = ['', '']
    child.stdout.on('data', (chunk) => (out += chunk))
    child.stderr.on('data', (chunk) => (err += chunk))
    child.on('close', (code, signal) => resolve({ code, signal, out, err }))
  })
}
export async function must(...words: string[]): Promise<string> {
  const said = await roar(...words)
  if (said.code !== 0) throw new Error(`roar ${words.join(' ')}: ${said.code} ${said.err}`)
  return said.out
}
export const json = async <T>(...words: string[]): Promise<T> => JSON.parse(await must(...words, '--json')) as T
export const jobs = async (): Promise<number> => (await json<{ total: number }>('log')).total
export const job = async (ref: string): Promise<JobBody> => (await json<{ job: JobBody }>('show', ref)).job
export const found = async (digest: string): Promise<readonly ArtifactBody[]> =>
  (await json<{ matches: ArtifactBody[] }>('find', digest)).matches

export const file = (name: string, bytes: Buffer): Buffer => {
  mkdirSync(join(w.root, name, '..'), { recursive: true })
  writeFileSync(join(w.root, name), bytes)
  return bytes
}
export const read = (name: string): Buffer => readFileSync(join(w.root, name))
export const md5 = (...parts: Buffer[]): string =>
  parts.reduce((hash, part) => hash.update(part), createHash('md5')).digest('hex')
export const multipartEtag = (bytes: Buffer, part: number): string => {
  const parts = Array.from({ length: Math.ceil(bytes.length / part) }, (_, i) =>
    bytes.subarray(i * part, (i + 1) * part),
  )
  return `${md5(...parts.map((one) => createHash('md5').update(one).digest()))}-${parts.length}`
}
export const stored = async (key: string): Promise<Buffer | null> => {
  // It looks whether somebody has signed, not who.
  const headers = { authorization: 'AWS x' }
  const answer = await fetch(`http://127.0.0.1:${(server as S3Server).port}/${bucket}/${key}`, { headers })
  return answer.ok ? Buffer.from(await answer.arrayBuffer()) : null
}
export const isPart = ({ method, url }: Seen): boolean => method === 'PUT' && url.includes('partNumber=')
export const isPut = ({ method }: Seen): boolean => method === 'PUT'
export const isBody = ({ method, url }: Seen): boolean => method === 'GET' && url.includes('x-id=GetObject')
