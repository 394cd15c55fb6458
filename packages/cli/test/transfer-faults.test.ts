// What breaks while get and put are at work: connections, servers, stores, and they themselves.
import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ArtifactBody } from '@roar/core'
import { describe, expect, it } from 'vitest'
import type { Seen } from '../../storage-s3/test/fault-proxy.ts'
import {
  bucket,
  file,
  isBody,
  isPart,
  isPut,
  jobs,
  json,
  mib,
  must,
  proxy,
  read,
  roar,
  stored,
  w,
} from './transfer-bench.ts'
import { roarBin } from './workspace.ts'

describe('what breaks on the way', () => {
  it.each([
    ['connections that are cut', { is: 'cut', after: 2 * mib }],
    ['answers of 500', { is: 'status', code: 500 }],
    ['slow answers', { is: 'slow', ms: 700 }],
  ] as const)('%s do not change what is fetched', async (_, fault) => {
    const bytes = file('b.bin', randomBytes(33 * mib))
    await must('put', 'b.bin', `s3://${bucket}/b`)
    proxy.disturb(3, isBody, fault)
    await must('get', `s3://${bucket}/b`, 'b-back', '--force')
    expect(read('b-back').equals(bytes)).toBe(true)
  })

  it('for good leaves no file and no record, and the same command goes on where it ended', async () => {
    const bytes = file('g.bin', randomBytes(40 * mib))
    await must('put', 'g.bin', `s3://${bucket}/g`)
    const before = await jobs()
    let bodies = 0
    proxy.plan = (seen) => (isBody(seen) && ++bodies > 3 ? { is: 'status', code: 503 } : null)
    expect((await roar('get', `s3://${bucket}/g`, 'g-back')).err).toContain('ROAR_STORAGE_FAILED')
    expect([existsSync(join(w.root, 'g-back')), await jobs()]).toEqual([false, before])
    expect(statSync(join(w.root, '.g-back.roar-part')).size).toBe(24 * mib)
    proxy.calm()
    await must('get', `s3://${bucket}/g`, 'g-back')
    expect(read('g-back').equals(bytes)).toBe(true)
    // Two that were missing, and both ends of what was there, to see that it is still the same.
    expect(proxy.seen.filter(isBody).length).toBe(4)
    expect(readdirSync(w.root).filter((name) => name.includes('roar-part'))).toEqual([])
  }, 60_000)

  it('a kill leaves neither a file nor a record of one, and the same command goes on where it ended', async () => {
    const bytes = file('k.bin', randomBytes(40 * mib))
    await must('put', 'k.bin', `s3://${bucket}/k`)
    let bodies = 0
    proxy.plan = (seen) => (isBody(seen) && ++bodies > 3 ? { is: 'slow', ms: 60_000 } : null)
    const child = spawn(roarBin, ['get', `s3://${bucket}/k`, 'k-back'], { cwd: w.root, env: w.env, stdio: 'ignore' })
    const part = join(w.root, '.k-back.roar-part')
    while (!existsSync(part) || statSync(part).size < 24 * mib) await new Promise((done) => setTimeout(done, 20))
    child.kill('SIGKILL')
    await new Promise((done) => child.once('exit', done))
    proxy.calm()
    expect(existsSync(join(w.root, 'k-back'))).toBe(false)
    await must('get', `s3://${bucket}/k`, 'k-back')
    expect(read('k-back').equals(bytes)).toBe(true)
    expect(proxy.seen.filter(isBody).length).toBe(4)
    expect(readdirSync(w.root).filter((name) => name.includes('roar-part'))).toEqual([])
    const { artifact } = await json<{ artifact: ArtifactBody }>('show', 'k-back')
    expect(artifact.produced_by.filter(({ path }) => path === 'k-back')).toHaveLength(1)
  }, 60_000)

  it('an object that is replaced meanwhile is not pieced together from two', async () => {
    file('r.bin', randomBytes(40 * mib))
    await must('put', 'r.bin', `s3://${bucket}/r`)
    let bodies = 0
    proxy.plan = (seen) => (isBody(seen) && ++bodies > 3 ? { is: 'status', code: 412 } : null)
    expect((await roar('get', `s3://${bucket}/r`, 'r-back')).err).toContain('ROAR_STORAGE_CHANGED')
    expect(existsSync(join(w.root, 'r-back'))).toBe(false)
  })

  it('parts that fail are sent again', async () => {
    const bytes = file('p.bin', randomBytes(30 * mib))
    for (const [i, fault] of ([{ is: 'refuse' }, { is: 'status', code: 500 }] as const).entries()) {
      proxy.disturb(2, isPart, fault)
      await must('put', 'p.bin', `s3://${bucket}/p-${i}`)
      expect((await stored(`p-${i}`))?.equals(bytes)).toBe(true)
    }
  })

  it('what was sent once, and again because the answer was lost, is no stranger’s', async () => {
    const bytes = file('l.bin', randomBytes(mib))
    proxy.disturb(1, isPut, { is: 'lose-answer' })
    await must('put', 'l.bin', `s3://${bucket}/l`)
    expect((await stored('l'))?.equals(bytes)).toBe(true)
    expect(proxy.seen.filter(isPut).length).toBe(2)
    expect((await roar('put', 'l.bin', `s3://${bucket}/l`)).err).toContain('ROAR_TRANSFER_EXISTS')
  })

  it.each([412, 404])('so are the parts of a large one that the store has put together: it says %i', async (code) => {
    const bytes = file('m.bin', randomBytes(17 * mib))
    let asked = 0
    const isEnd = ({ method, url }: Seen): boolean => method === 'POST' && url.includes('uploadId=')
    proxy.plan = (seen) => (!isEnd(seen) ? null : asked++ === 0 ? { is: 'lose-answer' } : { is: 'status', code })
    await must('put', 'm.bin', `s3://${bucket}/m`)
    expect([asked, (await stored('m'))?.equals(bytes)]).toEqual([2, true])
    expect(readdirSync(join(w.root, '.roar/transfers'))).toEqual([])
  })

  it('what was falsified on its way there is told as what it is, not recorded, and put right by --force', async () => {
    const bytes = file('w.bin', randomBytes(mib))
    const before = await jobs()
    proxy.disturb(1, isPut, { is: 'falsify-request' })
    const said = await roar('put', 'w.bin', `s3://${bucket}/w`)
    expect([said.code, await jobs()]).toEqual([1, before])
    if ((await stored('w')) !== null) {
      expect(said.err).toContain('now is not what was sent')
      expect(said.err).toContain('--force')
    }
    await must('put', 'w.bin', `s3://${bucket}/w`, '--force')
    expect((await stored('w'))?.equals(bytes)).toBe(true)
  })

  it('an upload that fails for good is no object and no record, and is gone on with', async () => {
    const bytes = file('u.bin', randomBytes(40 * mib))
    const before = await jobs()
    proxy.plan = (seen) => (isPart(seen) && /partNumber=[45]/.test(seen.url) ? { is: 'status', code: 500 } : null)
    expect((await roar('put', 'u.bin', `s3://${bucket}/u`)).err).toContain('ROAR_STORAGE_FAILED')
    expect([await stored('u'), await jobs()]).toEqual([null, before])
    proxy.calm()
    await must('put', 'u.bin', `s3://${bucket}/u`)
    expect((await stored('u'))?.equals(bytes)).toBe(true)
    expect(proxy.seen.filter(isPart).length).toBe(2)
    expect(readdirSync(join(w.root, '.roar/transfers'))).toEqual([])
  }, 60_000)
})
