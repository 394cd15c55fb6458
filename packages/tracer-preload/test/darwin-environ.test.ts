// How the library for macOS hides its words and hands them on: its own source, with the three things of libSystem that it needs made here.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-environ-')))
afterAll(() => rmSync(place, { recursive: true }))

const shim = `#include <stddef.h>
#include <string.h>
extern char **environ;
static inline char ***_NSGetEnviron(void) { return &environ; }
#if !defined(__APPLE__) && (!defined(__GLIBC__) || !__GLIBC_PREREQ(2, 38))
static inline size_t strlcpy(char *to, const char *from, size_t size) {
  size_t length = strlen(from), fits = size && length >= size ? size - 1 : length;
  if (size) memcpy(to, from, fits), to[fits] = 0;
  return length;
}
#endif
`

/** Prints what the program would see, a line, and what a child of it would be given; the words of the child are its arguments. */
const main = `#include <stdio.h>
#include <stdlib.h>
#include "darwin.h"
extern char **environ;
int main(int count, char **words) {
  (void)count;
  const char *script = getenv("SCRIPT") ? "/work/run.sh" : "";
  if (!environ_claim()) return puts("not ours"), 0;
  for (char **one = environ; *one; one++) puts(*one);
  puts("--");
  size_t size = environ_bytes(words + 1, script);
  char **into = malloc((environ_count(words + 1) + 4) * sizeof *into), *text = malloc(size);
  environ_inject(words + 1, into, text, size, script);
  for (char **one = into; *one; one++) puts(*one);
  return 0;
}
`

const native = fileURLToPath(new URL('../native/darwin', import.meta.url))
const protocol = ['generated', 'native'].map((one) =>
  fileURLToPath(new URL(`../../trace-protocol/${one}`, import.meta.url)),
)
const program = join(place, 'environ')
const hasCompiler = spawnSync('cc', ['--version']).status === 0

beforeAll(() => {
  writeFileSync(join(place, 'crt_externs.h'), shim)
  writeFileSync(join(place, 'main.c'), main)
  const flags = [
    '-fsanitize=address,undefined',
    '-D_GNU_SOURCE',
    `-I${place}`,
    `-I${native}`,
    ...protocol.map((one) => `-I${one}`),
  ]
  if (hasCompiler) spawnSync('cc', [...flags, '-o', program, join(place, 'main.c'), join(native, 'environ.c')])
})

const run = (env: Record<string, string>, child: readonly string[]): readonly string[][] => {
  const options = { env: { ...env, ASAN_OPTIONS: 'detect_leaks=0' }, encoding: 'utf8' as const }
  const { stdout } = spawnSync(program, child, options)
  const lines = (text: string) => text.split('\n').filter((line) => line && !line.startsWith('ASAN_'))
  return stdout.split('--\n').map(lines)
}

const ours = { DYLD_INSERT_LIBRARIES: '/roar.dylib', ROAR_TRACE_LOG: '/run/trace.log' }

describe('the words of the library for macOS', () => {
  it('are seen by no program, and given to each child in place of whatever it would have got', ({ skip }) => {
    if (!hasCompiler) return skip('no C compiler is here')
    const [seen, given] = run({ A: '1', ...ours, B: '2' }, ['X=1', 'ROAR_TRACE_LOG=/old', 'Y=2'])
    expect(seen).toEqual(['A=1', 'B=2'])
    expect(given).toEqual(['X=1', 'Y=2', 'DYLD_INSERT_LIBRARIES=/roar.dylib', 'ROAR_TRACE_LOG=/run/trace.log'])
  })

  it('stand behind the libraries of the user, which the program and its children keep', ({ skip }) => {
    if (!hasCompiler) return skip('no C compiler is here')
    const [seen, given] = run({ ...ours, DYLD_INSERT_LIBRARIES: '/own.dylib:/more.dylib:/roar.dylib' }, [
      'DYLD_INSERT_LIBRARIES=/own.dylib',
    ])
    expect(seen).toEqual(['DYLD_INSERT_LIBRARIES=/own.dylib:/more.dylib'])
    expect(given?.[0]).toBe('DYLD_INSERT_LIBRARIES=/own.dylib:/roar.dylib')
  })

  it('name the script that an interpreter is started for, and not to those that it starts', ({ skip }) => {
    if (!hasCompiler) return skip('no C compiler is here')
    expect(run({ ...ours, SCRIPT: '1' }, [])[1]).toContain('ROAR_TRACE_SCRIPT=/work/run.sh')
    const [seen, given] = run({ ...ours, ROAR_TRACE_SCRIPT: '/work/run.sh' }, ['ROAR_TRACE_SCRIPT=/work/run.sh'])
    expect(seen).toEqual([])
    expect(given).toEqual(['DYLD_INSERT_LIBRARIES=/roar.dylib', 'ROAR_TRACE_LOG=/run/trace.log'])
  })

  it('that are not whole leave the program alone', ({ skip }) => {
    if (!hasCompiler) return skip('no C compiler is here')
    expect(run({ ROAR_TRACE_LOG: '/run/trace.log' }, [])[0]).toEqual(['not ours'])
    expect(run({ ...ours, ROAR_TRACE_LOG: 'trace.log' }, [])[0]).toEqual(['not ours'])
  })
})
