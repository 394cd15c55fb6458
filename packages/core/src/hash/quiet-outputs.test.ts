// Outputs that lie quiet are hashed while the program runs; those that are written to are left alone.
import { setTimeout } from 'node:timers/promises'
import { accessBits, type FileEvent } from '@roar/trace-protocol'
import { afterEach, expect, it } from 'vitest'
import type { BytePath } from '../byte-path.ts'
import { JobFold } from '../observe/fold.ts'
import type { FilePort, FileState, HashService } from '../ports.ts'
import { DigestLedger } from './digest-ledger.ts'
import { EarlyHashing } from './held-files.ts'
import { QuietOutputs } from './quiet-outputs.ts'

const now = 1_000_000
const fold = (): JobFold => new JobFold('test')
const written = (path: string, ino: number, more = 0) =>
  ({
    type: 'file',
    path,
    dev: 1,
    ino,
    pid: 1,
    mode: 0o100644,
    access: accessBits.created | accessBits.written | more,
    flags: 0,
    size: 0,
    mtimeNs: 0,
    ctimeNs: 0,
  }) as unknown as FileEvent

interface OnDisk {
  readonly age: number
  readonly size: number
}

const asked: BytePath[][] = []
let quiet: QuietOutputs | null = null
afterEach(() => {
  quiet?.stop()
  asked.length = 0
})

function watch(job: JobFold, disk: Record<string, OnDisk>, isKept = () => true): EarlyHashing {
  const hashes: HashService = {
    hash: async (paths) => {
      asked.push([...paths])
      return []
    },
    close: async () => {},
  }
  const state = (path: BytePath): FileState | null => {
    const found = disk[path]
    if (!found) return null
    const changed = BigInt(now - found.age) * 1_000_000n
    return { dev: 1n, ino: 1n, size: BigInt(found.size), mtimeNs: changed, ctimeNs: changed, mode: 0o100644, links: 1 }
  }
  const early = new EarlyHashing(hashes, new DigestLedger(), ['blake3'], { bytes: 0, ms: 0 })
  quiet = new QuietOutputs(job, { state } as FilePort, { now: () => now, monotonic: () => now }, early)
  quiet.start(isKept)
  return early
}

const large = 5 << 20

it('an output that nobody has touched for two seconds is hashed, once, under the name that it has now', async () => {
  const job = fold()
  job.add(written('/tmp-name', 1))
  job.add({ ...written('/x', 1), type: 'rename', from: '/tmp-name', to: '/final', kind: 0 } as never)
  const early = watch(job, { '/final': { age: 3000, size: large } })
  await setTimeout(1200)
  await early.settle()
  expect(asked).toEqual([['/final']])
})

it('one that is still written to waits until it is quiet, and is hashed again when it was written again', async () => {
  const job = fold()
  const disk: Record<string, OnDisk> = { '/out': { age: 100, size: large } }
  job.add(written('/out', 1))
  watch(job, disk)
  await setTimeout(700)
  expect(asked).toEqual([])
  disk['/out'] = { age: 2500, size: large }
  await setTimeout(700)
  expect(asked.length).toBe(1)
  job.add({ ...written('/out', 1), access: accessBits.written } as FileEvent)
  await setTimeout(700)
  expect(asked.length).toBe(2)
})

it('small ones, those that are not recorded, those that are gone, and those that a mapping may change, are left for the end', async () => {
  const job = fold()
  for (const [i, path] of ['/small', '/gone', '/dropped'].entries()) job.add(written(path, i + 1))
  job.add(written('/mapped', 9, accessBits.mayWrite))
  const disk = {
    '/small': { age: 9000, size: 10 },
    '/dropped': { age: 9000, size: large },
    '/mapped': { age: 9000, size: large },
  }
  watch(job, disk, ((path: BytePath) => path !== '/dropped') as () => boolean)
  await setTimeout(700)
  expect(asked).toEqual([])
})
