// Under a limit of its address space a program is seen as far into a run as at its beginning.
import { closeSync, mkdtempSync, openSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessBits, type LogState, readHeader } from '@roar/trace-protocol'
import { afterAll, expect, it } from 'vitest'
import { traceProgram } from './trace-program.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-limits-')))
afterAll(() => rmSync(place, { recursive: true }))

/** Names of 250 bytes, 14 directories deep: some 7 KB a rename, so that this writes more than twenty megabytes of log, and then what has half of that to live in. */
const program = `
import os, subprocess
top = os.getcwd()
for _ in range(14):
    os.mkdir('d' * 250)
    os.chdir('d' * 250)
open('a' * 250, 'w').close()
for _ in range(1600):
    os.rename('a' * 250, 'b' * 250)
    os.rename('b' * 250, 'a' * 250)
os.chdir(top)
subprocess.run(['sh', '-c', 'ulimit -v 12000; for i in 1 2 3; do cat in > out$i; done'], check=True)
`

it('a program that may take less than the log has by then is told whole', async () => {
  const events = await traceProgram(['python3', '-c', `open('in', 'w').write('x')${program}`], place)
  const written = events.flatMap((one) =>
    one.type === 'file' && one.access & accessBits.written && /out\d$/.test(one.path) ? [one.path.slice(-4)] : [],
  )
  expect(new Set(written)).toEqual(new Set(['out1', 'out2', 'out3']))
  const fd = openSync(join(place, 'run/trace.log'), 'r')
  const { tail, lost } = readHeader(fd) as LogState
  closeSync(fd)
  expect(tail).toBeGreaterThan(20e6)
  expect(lost).toBe(0)
})
