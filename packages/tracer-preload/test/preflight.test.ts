// What is said before a program is started: where the library is loaded and sees little.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { preflight } from '../src/preflight.ts'

const place = mkdtempSync(join(tmpdir(), 'roar-preflight-'))
afterAll(() => rmSync(place, { recursive: true }))

/** The note that Go's linker writes into each program: lengths, type 4, its name, the number of the build. */
const goNote =
  '__asm__(".section .note.go.buildid,\\"a\\",@note; .long 4, 4, 4; .asciz \\"Go\\\\0\\"; .ascii \\"abcd\\"; .text");'

async function gapsOf(name: string, source: string): Promise<readonly string[]> {
  writeFileSync(join(place, `${name}.c`), `${source}\nint main(void) { return 0; }\n`)
  execFileSync('cc', ['-o', join(place, name), join(place, `${name}.c`)])
  const command = { argv: [join(place, name)], cwd: place, env: {}, runDirectory: place }
  return ((await preflight(command)).gaps ?? []).map((gap) => gap.code)
}

describe.skipIf(process.platform !== 'linux')('the preload tracer, asked about a program', () => {
  it('has nothing to say of one that calls libc', async () => {
    expect(await gapsOf('c', '')).toEqual([])
  })

  it('says that a Go program calls the kernel past libc', async () => {
    expect(await gapsOf('go', goNote)).toEqual(['direct-syscall'])
  })
})
