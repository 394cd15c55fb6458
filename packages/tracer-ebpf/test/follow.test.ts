// What holds whatever becomes of the daemon and of a run's follower, and what a program may expect.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type { ExitStatus, TraceEvent } from '@roar/core'
import { accessBits as bit } from '@roar/trace-protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { programPath } from '../src/programs.ts'
import { lackOfKernel, type OwnDaemon, startDaemon } from './own-daemon.ts'
import { speak } from './wire.ts'

const lack = lackOfKernel()
const nobody = 65534
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-follow-')))
chmodSync(place, 0o777)
afterAll(() => rmSync(place, { recursive: true }))
let runs = 0

async function trace(
  daemon: OwnDaemon,
  argv: readonly string[],
  started?: (runDirectory: string) => unknown,
  uid?: number,
) {
  const runDirectory = join(place, `run${++runs}`)
  mkdirSync(runDirectory, { mode: 0o700 })
  const events: TraceEvent[] = []
  let printed = ''
  let pid = 0
  const outcome = await createTracer({ socket: daemon.socket }).trace(
    { argv, cwd: place, env: process.env, runDirectory },
    {
      start: async ({ argv: [program, ...words], cwd }) => {
        if (uid) for (const path of ['', 'trace.log', 'wake']) chownSync(join(runDirectory, path), uid, uid)
        const as = uid ? { uid, gid: uid } : {}
        const child = spawn(program as string, words, { cwd, ...as, stdio: ['ignore', 'pipe', 'inherit'] })
        child.stdout.on('data', (bytes: Buffer) => (printed += bytes))
        pid = child.pid as number
        started?.(runDirectory)
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid, exited }
      },
      events: (batch) => void events.push(...batch),
    },
  )
  return { outcome, events, printed, pid }
}

/** Two threads map and unmap; the first one gives and takes rights, of memory and at last of a file that was mapped without any. */
const changingMappings = `
#include <fcntl.h>
#include <pthread.h>
#include <sys/mman.h>
static volatile int ended;
static void *change(void *unused) {
  while (!ended) munmap(mmap(0, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0), 65536);
  return unused;
}
int main(void) {
  pthread_t threads[2];
  char *memory = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  for (int i = 0; i < 2; i++) pthread_create(&threads[i], 0, change, 0);
  for (int i = 0; i < 5000; i++) mprotect(memory, 4096, i % 2 ? PROT_READ : PROT_READ | PROT_WRITE);
  char *file = mmap(0, 4096, PROT_NONE, MAP_PRIVATE, open("mapped", O_RDONLY), 0);
  for (int i = 0; i < 5000; i++) mprotect(file, 4096, i % 2 ? PROT_NONE : PROT_READ);
  ended = 1;
  for (int i = 0; i < 2; i++) pthread_join(threads[i], 0);
  return 0;
}
`

const sh = (script: string) => ['sh', '-c', script]

/** Followers keep their run's log among their words. */
const followersOf = (runDirectory: string): number[] =>
  readdirSync('/proc')
    .filter((pid) => /^\d+$/.test(pid))
    .filter((pid) => {
      try {
        return (
          readFileSync(`/proc/${pid}/comm`, 'latin1').trim() === 'roar-follower' &&
          readFileSync(`/proc/${pid}/cmdline`, 'latin1').includes(runDirectory)
        )
      } catch {
        return false
      }
    })
    .map(Number)

describe.skipIf(lack !== null)(`a run (${lack ?? 'here'})`, () => {
  let daemon: OwnDaemon
  beforeAll(async () => {
    daemon = await startDaemon()
  })
  afterAll(() => daemon.stop())

  it('starts the command as the very process that was asked for, with no child and no descriptor of ours', async () => {
    const { outcome, pid, printed } = await trace(
      daemon,
      sh(
        'echo $$; cat /proc/$$/task/$$/children; echo; ls /proc/$$/fd; grep -E "^(SigIgn|Seccomp|NoNewPrivs)" /proc/$$/status; exit 7',
      ),
    )
    const bare = spawnSync('sh', ['-c', 'ls /proc/$$/fd; grep -E "^(SigIgn|Seccomp|NoNewPrivs)" /proc/$$/status'], {
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    })
    const [own, children, ...rest] = printed.split('\n')
    expect(outcome.exit).toEqual({ exitCode: 7, signal: null })
    expect(Number(own)).toBe(pid)
    // The one child is the `cat` itself.
    expect(children?.trim()).toMatch(/^\d+$/)
    expect(rest.join('\n')).toBe(bare.stdout)
  })

  it('goes on when the daemon is killed, and says so', async () => {
    const own = await startDaemon()
    writeFileSync(join(place, 'a-file'), 'text ')
    const { outcome, printed } = await trace(
      own,
      sh('while [ ! -e gone ]; do sleep 0.02; done; cat a-file; echo done'),
      async (runDirectory) => {
        while (followersOf(runDirectory).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
        process.kill(own.pid, 'SIGKILL')
        await new Promise((resolve) => setTimeout(resolve, 200))
        writeFileSync(join(place, 'gone'), '')
      },
    )
    expect(printed).toBe('text done\n')
    expect(outcome.exit.exitCode).toBe(0)
    expect(outcome.gaps.map((gap) => gap.code)).toEqual(['daemon-died'])
    await own.stop()
  })

  it('goes on when its follower is killed, and says so', async () => {
    const { outcome, printed } = await trace(
      daemon,
      sh('while [ ! -e killed ]; do sleep 0.02; done; echo done'),
      async (runDirectory) => {
        let found: number[] = []
        while (found.length === 0) {
          await new Promise((resolve) => setTimeout(resolve, 20))
          found = followersOf(runDirectory)
        }
        for (const pid of found) process.kill(pid, 'SIGKILL')
        writeFileSync(join(place, 'killed'), '')
      },
    )
    expect(printed).toBe('done\n')
    expect(outcome.exit.exitCode).toBe(0)
    expect(outcome.gaps.map((gap) => gap.code)).toEqual(['follower-died'])
  })

  it('leaves the mark of a later run alone, which has the place of its own, and on some disks its number', async () => {
    let mark = ''
    const { outcome } = await trace(
      daemon,
      sh('sleep 30 > /dev/null 2>&1 &'),
      (runDirectory) => (mark = join(runDirectory, 'followed')),
    )
    const number = statSync(mark).ino
    rmSync(mark)
    for (let i = 0; i < 1000 && (!existsSync(mark) || statSync(mark).ino !== number); i++) {
      writeFileSync(`${mark}${i}`, '')
      if (statSync(`${mark}${i}`).ino === number || i === 999) renameSync(`${mark}${i}`, mark)
    }
    for (const pid of outcome.stillRunning) process.kill(pid)
    while (followersOf(dirname(mark)).length > 0) await new Promise((resolve) => setTimeout(resolve, 20))
    expect([outcome.stillRunning.length, existsSync(mark)]).toEqual([1, true])
  })

  it('leaves no follower behind', async () => {
    let directory = ''
    await trace(daemon, ['true'], (runDirectory) => (directory = runDirectory))
    await new Promise((resolve) => setTimeout(resolve, 100))
    expect(followersOf(directory)).toEqual([])
  })

  it('shares the daemon with others, and no fact crosses from one to another', async () => {
    for (const name of ['one', 'two', 'three']) writeFileSync(join(place, name), name)
    const results = await Promise.all(
      ['one', 'two', 'three'].map((name) => trace(daemon, sh(`for i in 1 2 3 4 5; do cat ${name}; done`))),
    )
    const read = results.map(({ events }) =>
      [...new Set(events.flatMap((event) => (event.type === 'file' && event.access & bit.read ? [event.path] : [])))]
        .filter((path) => path.startsWith(`${place}/`))
        .map((path) => path.slice(place.length + 1)),
    )
    expect(read).toEqual([['one'], ['two'], ['three']])
  })

  it('sees 20,000 files made and removed, and loses none', async () => {
    const { outcome, events } = await trace(daemon, [
      'perl',
      '-e',
      'for $i (1..20000) { open(F, ">", "t$i"); print F "x"; close F; unlink "t$i" }',
    ])
    const made = events.filter(
      (event) => event.type === 'file' && event.access & bit.created && event.path.includes('/t'),
    )
    const gone = events.filter((event) => event.type === 'unlink' && event.path.includes('/t'))
    expect([outcome.lost, made.length, gone.length]).toEqual([0, 20_000, 20_000])
  })

  it('loses nothing while threads change mappings all the time, and sees the rights that a mapping is given meanwhile', async () => {
    writeFileSync(join(place, 'mapped'), 'text')
    writeFileSync(join(place, 'threads.c'), changingMappings)
    execFileSync('cc', ['-O1', '-pthread', '-o', join(place, 'threads'), join(place, 'threads.c')])
    const { outcome, events } = await trace(daemon, [join(place, 'threads')])
    expect([outcome.lost, outcome.gaps, outcome.exit.exitCode]).toEqual([0, [], 0])
    const told = events.filter((event) => event.type === 'file' && event.path === join(place, 'mapped'))
    expect(told.some((event) => event.type === 'file' && event.access & bit.read)).toBe(true)
  })

  it.skipIf(process.getuid?.() !== 0)(
    'may do without a daemon that runs: of several that start at once each is followed (needs root)',
    async () => {
      const directory = mkdtempSync('/run/roar-test/cold')
      chmodSync(directory, 0o755)
      const cold = { socket: join(directory, 'roard.sock') } as OwnDaemon
      const outcomes = await Promise.all([1, 2, 3, 4].map(() => trace(cold, ['true'])))
      const [pid] = speak(cold.socket, "print(ask(connect(), STATE)['pid'])")
      process.kill(Number(pid), 'SIGTERM')
      expect(outcomes.map(({ outcome }) => [outcome.lost, outcome.gaps])).toEqual(Array(4).fill([0, []]))
      rmSync(directory, { recursive: true })
    },
  )

  it('finds itself ready where a daemon listens, without starting anything', async () => {
    const tracer = createTracer({ socket: daemon.socket })
    const found = await tracer.preflight({ argv: ['true'], cwd: '/', env: process.env, runDirectory: place })
    expect(found.checks.map((check) => check.name)).toEqual(['platform', 'daemon'])
    expect(tracer.isWarm?.()).toBe(true)
    expect(createTracer({ socket: '/run/roar-test/none' }).isWarm?.()).toBe(false)
    const before = process.env.ROAR_EBPF_SOCKET
    process.env.ROAR_EBPF_SOCKET = daemon.socket
    expect(createTracer().isWarm?.()).toBe(true)
    process.env.ROAR_EBPF_SOCKET = before
  })

  it.skipIf(process.getuid?.() !== 0)(
    'serves a plain user, whose follower has his rights and no more (needs root)',
    async () => {
      let follower = ''
      writeFileSync(join(place, 'shared'), 'text')
      const { outcome, events } = await trace(
        daemon,
        sh('while [ ! -e seen ]; do sleep 0.02; done; cat shared > /dev/null; id -u'),
        async (runDirectory) => {
          while (followersOf(runDirectory).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
          follower = readFileSync(`/proc/${followersOf(runDirectory)[0]}/status`, 'latin1')
          writeFileSync(join(place, 'seen'), '')
        },
        nobody,
      )
      expect(follower).toMatch(/^Uid:\s+65534\s+65534\s+65534\s+65534$/m)
      expect(follower).toMatch(/^CapEff:\s+0+$/m)
      expect([outcome.lost, outcome.gaps, outcome.exit.exitCode]).toEqual([0, [], 0])
      expect(events.some((event) => event.type === 'file' && event.path === join(place, 'shared'))).toBe(true)
    },
  )

  it.skipIf(process.getuid?.() !== 0)('works for a plain user whose daemon has file capabilities (needs root)', () => {
    const bin = join(place, 'bin')
    mkdirSync(bin)
    for (const name of ['roard', 'roar-ebpf'] as const) cpSync(programPath(name) as string, join(bin, name))
    const check = () =>
      spawnSync('setpriv', ['--reuid', '65534', '--regid', '65534', '--clear-groups', join(bin, 'roard'), '--check'], {
        encoding: 'utf8',
      })
    expect(check().stdout).toContain('capability lacks CAP_BPF and CAP_PERFMON')
    execFileSync(join(bin, 'roard'), ['--enable'])
    expect(check().status).toBe(0)
    execFileSync(join(bin, 'roard'), ['--disable'])
    expect(check().status).toBe(1)
  })
})
