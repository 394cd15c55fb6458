// The file behind tmpfile(3) is opened inside of libc, in /tmp: no case of the suite looks there.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { foldEvents } from '@roar/core'
import { afterAll, expect, it } from 'vitest'
import { traceProgram } from './trace-program.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-tmpfile-')))
afterAll(() => rmSync(place, { recursive: true }))

const source = `
#include <stdio.h>
int main(void) {
  char text[9];
  FILE *stream = tmpfile();
  fputs("kept", stream);
  fseek(stream, 0, SEEK_SET);
  return !fread(text, 1, sizeof text, stream);
}`

it.skipIf(process.platform !== 'linux')(
  'what a program keeps in a temporary file of libc is no input of the job',
  async () => {
    writeFileSync(join(place, 'program.c'), source)
    execFileSync('cc', ['-o', join(place, 'program'), join(place, 'program.c')])
    const job = foldEvents(await traceProgram([join(place, 'program')], place))
    expect(job.processes.map((one) => one.exitCode)).toEqual([0])
    expect(job.inputs.map((one) => one.path).filter((path) => path.includes('#'))).toEqual([])
  },
)
