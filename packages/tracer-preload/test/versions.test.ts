// Which version of a file a program has read: the one that was there at its first read, whoever asked about it before.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { accessBits } from '@roar/trace-protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { traceProgram } from './trace-program.ts'

let place: string
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-versions-')))
  writeFileSync(join(place, 'a'), 'five\n')
})
afterEach(() => rmSync(place, { recursive: true }))

/** Runs Python on a file of five bytes; the sizes that its reads of it were told with. */
async function sizesRead(program: string): Promise<readonly bigint[]> {
  const events = await traceProgram(['python3', '-c', program], place)
  return events.flatMap((event) =>
    event.type === 'file' && event.path === join(place, 'a') && event.access & accessBits.read ? [event.size] : [],
  )
}

it('a file that is asked about and read at once is told as it was', async () => {
  expect(await sizesRead("import os; f = os.open('a', os.O_RDONLY); os.fstat(f); os.read(f, 9)")).toEqual([5n])
})

it('a file that has grown between the question and the first read is told as it was read', async () => {
  const program = `
import os, time
f = os.open('a', os.O_RDONLY)
os.fstat(f)
w = os.open('a', os.O_WRONLY | os.O_APPEND)
os.write(w, b'more')
time.sleep(0.1)  # several ticks of the clock that a fresh answer is known by
os.read(f, 99)`
  expect(await sizesRead(program)).toEqual([9n])
})
