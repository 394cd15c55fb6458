// What two observers of one run owe each other: each fact once, and no stop for what the library tells.
import { spawn, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitStatus, TraceEvent } from '@roar/core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-hybrid-')))
afterAll(() => rmSync(place, { recursive: true }))

/** Reads `a`, writes `n`; with -DRAW the reading is done by the program's own instructions. */
const program = `#include <fcntl.h>
#include <unistd.h>
#ifdef RAW
static long call(long n, long a, long b, long c) {
#ifdef __x86_64__
  long r; __asm__ volatile("syscall" : "=a"(r) : "a"(n), "D"(a), "S"(b), "d"(c) : "rcx", "r11", "memory"); return r;
#else
  register long x8 __asm__("x8") = n; register long x0 __asm__("x0") = a; register long x1 __asm__("x1") = b; register long x2 __asm__("x2") = c;
  __asm__ volatile("svc 0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory"); return x0;
#endif
}
#include <sys/syscall.h>
#define open(p, f) call(SYS_openat, -100, (long)(p), f)
#define close(f) call(SYS_close, f, 0, 0)
#define read(f, t, n) call(SYS_read, f, (long)(t), n)
#endif
int main(void) {
  char text[8];
  int in = open("a", O_RDONLY);
  if (read(in, text, 8) < 1) return 1;
  close(in);
  int out = creat("n", 0600);
  if (write(out, text, 1) != 1) return 1;
  close(out);
  return 0;
}
`

/** Becomes the command under a filter with a listener, beside which the kernel allows no other. */
const listened = `#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(int count, char **words) {
  struct sock_filter pass = {BPF_RET | BPF_K, 0, 0, SECCOMP_RET_ALLOW};
  struct sock_fprog program = {1, &pass};
  prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
  int listener = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_NEW_LISTENER, &program);
  if (listener < 0 || fcntl(listener, F_SETFD, 0) < 0) return 99;
  execv(words[1], words + 1);
  return count;
}
`

/** Starts its arguments with a word behind those of the library, as Go does. */
const appends = `#include <stdlib.h>
#include <unistd.h>
extern char **environ;
int main(int count, char **words) {
  char *given[1000];
  int n = 0;
  for (char **one = environ; *one && n < 998; one++) given[n++] = *one;
  given[n++] = "PWD=.";
  given[n] = NULL;
  execve(words[1], words + 1, given);
  return count;
}
`

/** Three hundred children by vfork, that do nothing; then time to look at the supervisor. */
const vforks = `#include <sys/wait.h>
#include <unistd.h>
int main(void) {
  for (int i = 0; i < 300; i++) {
    if (vfork() == 0) _exit(0);
    wait(NULL);
  }
  write(1, "done\\n", 5);
  sleep(1);
  return 0;
}
`

beforeAll(() => {
  writeFileSync(join(place, 'a'), 'text')
  writeFileSync(join(place, 'listened.c'), listened)
  spawnSync('cc', ['-static', '-o', join(place, 'listened'), join(place, 'listened.c')])
  writeFileSync(join(place, 'appends.c'), appends)
  spawnSync('cc', ['-static', '-o', join(place, 'appends'), join(place, 'appends.c')])
  writeFileSync(join(place, 'vforks.c'), vforks)
  spawnSync('cc', ['-o', join(place, 'vforks'), join(place, 'vforks.c')])
  writeFileSync(join(place, 'p.c'), program)
  for (const [name, ...flags] of [['dynamic'], ['static', '-static'], ['raw', '-DRAW']] as [string, ...string[]][])
    spawnSync('cc', [...flags, '-o', join(place, name), join(place, 'p.c')])
})

let runs = 0

async function trace(
  argv: readonly string[],
  started: (runDirectory: string) => void = () => undefined,
  outside: readonly string[] = [],
) {
  const runDirectory = join(place, `run${++runs}`)
  mkdirSync(runDirectory, { mode: 0o700 })
  const events: TraceEvent[] = []
  let printed = ''
  const outcome = await createTracer().trace(
    { argv, cwd: place, env: process.env, runDirectory },
    {
      start: async ({ argv, cwd, env }) => {
        const [name, ...words] = [...outside, ...argv]
        const child = spawn(name as string, words, {
          cwd,
          env: { ...process.env, ...(env as NodeJS.ProcessEnv) },
          stdio: ['ignore', 'pipe', 'inherit'],
        })
        child.stdout.on('data', (bytes: Buffer) => (printed += bytes))
        started(runDirectory)
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid: child.pid as number, exited }
      },
      events: (batch) => void events.push(...batch),
    },
  )
  return { outcome, events, printed }
}

/** The scratch facts of each process, without its number. */
const told = (events: readonly TraceEvent[]): string[] =>
  events
    .flatMap((event) =>
      'path' in event && event.path.startsWith(place) ? [`${event.type} ${event.path.slice(place.length + 1)}`] : [],
    )
    .filter((fact) => / [an]$/.test(fact))

it.each(['dynamic', 'static', 'raw'])('tells once what a %s program does, and lacks nothing', async (name) => {
  rmSync(join(place, 'n'), { force: true })
  const { outcome, events } = await trace(['sh', '-c', `exec ./${name}`])
  expect(outcome.exit.exitCode).toBe(0)
  expect(outcome.gaps).toEqual([])
  expect(told(events).filter((fact) => fact.endsWith(' a'))).toEqual(['file a'])
  expect(told(events).filter((fact) => fact.endsWith(' n'))).toHaveLength(2)
  expect(events.filter((event) => event.type === 'exec').map((event) => event.executable.split('/').at(-1))).toEqual([
    expect.stringMatching(/sh$/),
    name,
  ])
})

it('follows a program that was started with an empty environment, and what that one starts', async () => {
  const { outcome, events } = await trace(['sh', '-c', 'env -i ./static; ./dynamic; env -i sh -c "cat a"'])
  expect(outcome.gaps).toEqual([])
  expect(told(events).filter((fact) => fact === 'file a')).toHaveLength(3)
})

it('is no input of the job, whoever starts a program with the library in it', async () => {
  const { events } = await trace(['sh', '-c', './appends ./dynamic'])
  const paths = events.flatMap((event) => ('path' in event ? [event.path] : []))
  expect(paths).toContain(join(place, 'a'))
  expect(paths.filter((path) => path.includes('libroar-preload'))).toEqual([])
})

const helpersOf = (runDirectory: string): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .map(Number)
    .filter((pid) => contents(pid, 'comm') === 'roar-ptrace\n' && contents(pid, 'cmdline').includes(runDirectory))

function contents(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'latin1')
  } catch {
    return ''
  }
}

/** What the supervisor had done when it was last seen: the number behind `label` in a file of its /proc. */
async function supervised(argv: readonly string[], file: string, label: string): Promise<number> {
  let count = 0
  const look = setInterval(() => {
    const [helper] = helpersOf(join(place, `run${runs}`))
    const found = helper && new RegExp(`^${label}:\\s*(\\d+)`, 'm').exec(contents(helper, file))
    if (found) count = Number(found[1])
  }, 50)
  const { printed } = await trace(argv)
  clearInterval(look)
  expect(printed).toBe('done\n')
  return count
}

it('looks at nothing that a process with the library in it has open when it starts children', async () => {
  const reads = await supervised(['./vforks'], 'io', 'syscr')
  // A look begins with the kernel's counts of the process: a read.
  expect(reads).toBeGreaterThan(0)
  expect(reads).toBeLessThan(100)
})

it('stops at no file that a hook tells of', async () => {
  const script = `open F, ">", "m$_" and close F and open(F, "<", "m$_") and close F and unlink "m$_" for 1..3000; print "done\\n"; sleep 1`
  const stops = await supervised(['perl', '-e', script], 'status', 'voluntary_ctxt_switches')
  // Nine thousand calls of its own that would stop; what is left is the loader's and libc's.
  expect(stops).toBeGreaterThan(0)
  expect(stops).toBeLessThan(1000)
})

it('does not stop at each place of PATH where a program is not', async () => {
  const script = `$ENV{PATH} = join ":", (map "/no-place-$_", 1 .. 3000), $ENV{PATH}; exec "perl", "-e", "print qq(done\\n); sleep 1"`
  const stops = await supervised(['perl', '-e', script], 'status', 'voluntary_ctxt_switches')
  expect(stops).toBeGreaterThan(0)
  expect(stops).toBeLessThan(1000)
})

it('starts what libc starts, where the first place of PATH has a program that cannot be', async () => {
  for (const [directory, text] of [
    ['first', '#!/no-interpreter\n'],
    ['second', '#!/bin/sh\necho second\n'],
  ] as const) {
    mkdirSync(join(place, directory))
    writeFileSync(join(place, directory, 'chosen'), text, { mode: 0o755 })
  }
  const script = `$ENV{PATH} = "${place}/first:${place}/second:$ENV{PATH}"; exec "chosen"`
  const { outcome, printed } = await trace(['perl', '-e', script])
  expect(printed).toBe('second\n')
  expect(outcome.exit.exitCode).toBe(0)
})

it('is a preload run from the moment that its supervisor is killed', async () => {
  const { outcome, events, printed } = await trace(
    ['sh', '-c', 'sleep 0.6; cat a; ./static; echo done'],
    (directory) => {
      setTimeout(() => {
        for (const helper of helpersOf(directory)) process.kill(helper, 'SIGKILL')
      }, 300)
    },
  )
  expect(printed).toBe('textdone\n')
  expect(outcome.exit.exitCode).toBe(0)
  expect(told(events)).toContain('file a')
  expect(outcome.gaps.map((gap) => gap.code)).toContain('supervisor-died')
})

it('says so when no supervisor can be had, and goes on as a preload run', async () => {
  // A static program: the library, which is in the environment already, must not meet its filter.
  const { outcome, events, printed } = await trace(['sh', '-c', 'cat a; ./static'], undefined, [
    join(place, 'listened'),
  ])
  expect(printed).toBe('text')
  expect(outcome.exit.exitCode).toBe(0)
  expect(told(events)).toContain('file a')
  expect(outcome.gaps.find((gap) => gap.code === 'no-supervisor')?.detail).toMatch(/listener/)
})
