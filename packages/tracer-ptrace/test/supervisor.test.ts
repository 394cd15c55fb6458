// What holds whatever becomes of the supervisor, and what a supervised program may expect.
import { spawn, spawnSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExitStatus, HeldFile, TraceEvent } from '@roar/core'
import { afterAll, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-supervisor-')))
afterAll(() => rmSync(place, { recursive: true }))

interface Watch {
  readonly started?: (pid: number, runDirectory: string) => void
  readonly hold?: (file: HeldFile) => Promise<void>
}

let runs = 0

async function trace(script: string, { started, hold }: Watch = {}) {
  const runDirectory = join(place, `run${++runs}`)
  mkdirSync(runDirectory, { mode: 0o700 })
  const events: TraceEvent[] = []
  let pid = 0
  let printed = ''
  const outcome = await createTracer().trace(
    { argv: ['sh', '-c', script], cwd: place, env: process.env, runDirectory },
    {
      start: async ({ argv, cwd }) => {
        const child = spawn(argv[0] as string, argv.slice(1), { cwd, stdio: ['ignore', 'pipe', 'inherit'] })
        child.stdout.on('data', (bytes: Buffer) => (printed += bytes))
        pid = child.pid as number
        started?.(pid, runDirectory)
        const exited = new Promise<ExitStatus>((resolve) =>
          child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
        )
        return { pid, exited }
      },
      events: (batch) => void events.push(...batch),
      ...(hold && { hold }),
    },
  )
  return { outcome, events, pid, printed }
}

/** Helpers of a run keep its log's path among their words. */
function helpersOf(runDirectory: string, name: string): number[] {
  const said = (pid: string, file: string): string => {
    try {
      return readFileSync(`/proc/${pid}/${file}`, 'latin1')
    } catch {
      return ''
    }
  }
  return readdirSync('/proc')
    .filter(
      (pid) => /^\d+$/.test(pid) && said(pid, 'comm').trim() === name && said(pid, 'cmdline').includes(runDirectory),
    )
    .map(Number)
}

it('starts the command as the very process that was asked for, with no child of ours', async () => {
  const { outcome, pid, printed } = await trace('echo $$; cat /proc/$$/task/$$/children; exit 7')
  expect(outcome.exit).toEqual({ exitCode: 7, signal: null })
  const [own, children] = printed.split('\n') as [string, string]
  expect(Number(own)).toBe(pid)
  // The one child is the `cat` itself.
  expect(children.trim().split(' ')).toHaveLength(1)
})

it('lets a command run on whose supervisor is killed, and says so', async () => {
  const { outcome, printed } = await trace('sleep 0.4; cat a-file; echo done', {
    started: (_pid, runDirectory) => {
      writeFileSync(join(place, 'a-file'), 'text ')
      setTimeout(() => {
        for (const helper of helpersOf(runDirectory, 'roar-ptrace')) process.kill(helper, 'SIGKILL')
      }, 200)
    },
  })
  expect(printed).toBe('text done\n')
  expect(outcome.exit.exitCode).toBe(0)
  expect(outcome.gaps.map((gap) => gap.code)).toEqual(['supervisor-died'])
})

it('holds a program that destroys what it has read until the bytes are kept', async () => {
  const file = join(place, 'kept')
  writeFileSync(file, 'precious')
  const kept: string[] = []
  await trace('cat kept; echo new > kept', {
    hold: async ({ path }) => {
      await new Promise((resolve) => setTimeout(resolve, 50))
      kept.push(readFileSync(path, 'utf8'))
    },
  })
  expect(kept).toEqual(['precious'])
  expect(readFileSync(file, 'utf8')).toBe('new\n')
})

it('tells what a process had read and not closed, although a signal from elsewhere ends it', async () => {
  writeFileSync(join(place, 'open-to-the-end'), 'text')
  spawnSync('mkfifo', [join(place, 'nobody-writes')])
  const { events } = await trace('exec 3< open-to-the-end; read line <&3; read more < nobody-writes', {
    started: (pid) => {
      setTimeout(() => process.kill(pid, 'SIGKILL'), 3500)
    },
  })
  const read = events.filter((event) => event.type === 'file' && event.path.endsWith('/open-to-the-end'))
  expect(read.length).toBeGreaterThan(0)
}, 60_000)

it('tells every file of a row that one program reads, before anybody removes it, and none that it only measured', async () => {
  const row = join(place, 'row')
  mkdirSync(row)
  for (let i = 0; i < 100; i++) writeFileSync(join(row, `f${i}`), `${i}`)
  writeFileSync(join(row, 'z-measured'), 'text')
  const reading = `my @names = sort glob("row/*");
    for (@names) { open(my $f, "<", $_); /measured/ ? sysseek($f, 0, 2) : sysread($f, my $text, 4096); close $f }`
  const { events } = await trace(`perl -e '${reading}'; rm -r row`)
  const at = (type: string, name: string) =>
    events.filter((event) => event.type === type && 'path' in event && event.path === join(row, name))
  for (let i = 0; i < 100; i++) {
    const [read, ...more] = at('file', `f${i}`)
    expect(more).toEqual([])
    expect(read?.sequence).toBeLessThan(at('unlink', `f${i}`)[0]?.sequence as number)
  }
  expect(at('file', 'z-measured')).toEqual([])
})

it('names each file of a row as it is called when it is read, by whomever it was renamed', async () => {
  const at = (path: string) => join(place, 'rows', path)
  const made = (directory: string) =>
    Array.from({ length: 50 }, (_, i) => `${directory}/f${String(i).padStart(2, '0')}`)
  const directories = ['plain', 'own', 'other', 'moved']
  for (const directory of directories) mkdirSync(at(directory), { recursive: true })
  for (const file of directories.flatMap(made)) writeFileSync(at(file), file)
  linkSync(at('plain/f49'), at('plain/twice'))
  // A directory that has just changed is not listed.
  await new Promise((resolve) => setTimeout(resolve, 1200))
  const reading = `chdir "rows";
    sub take { open(my $f, "<", $_[0]) or die $_[0]; sysread($f, my $text, 4096); close $f }
    sub all { take(sprintf("$_[0]/f%02d", $_)) for $_[1] .. $_[2] }
    sub wait_for { open(my $f, ">", "$_[0]-reached"); close $f; select(undef, undef, undef, 0.002) until -e "$_[0]-done" }
    all("plain", 0, 48); take("plain/twice");
    all("own", 0, 19); rename "own/f20", "own/g20"; take("own/g20"); all("own", 21, 49);
    all("other", 0, 19); wait_for("other"); take("other/g20"); all("other", 21, 49);
    all("moved", 0, 19); wait_for("moved"); all("away", 20, 49)`
  const changes = { other: ['other/f20', 'other/g20'], moved: ['moved', 'away'] }
  const outsider = setInterval(() => {
    for (const [name, [from, to]] of Object.entries(changes) as [string, [string, string]][]) {
      if (!existsSync(at(`${name}-reached`)) || existsSync(at(`${name}-done`))) continue
      renameSync(at(from), at(to))
      writeFileSync(at(`${name}-done`), '')
    }
  }, 1)
  const { events, outcome } = await trace(`perl -e '${reading}'`).finally(() => clearInterval(outsider))
  expect(outcome.exit.exitCode).toBe(0)
  const read = events.flatMap((event) =>
    event.type === 'file' && /\/[fg]\d\d$|twice$/.test(event.path) ? [event.path] : [],
  )
  const called = directories.flatMap(made).map((file) => {
    if (file === 'plain/f49') return 'plain/twice'
    if (file === 'own/f20' || file === 'other/f20') return file.replace('f20', 'g20')
    return file >= 'moved/f20' && file < 'own' ? file.replace('moved', 'away') : file
  })
  expect(read.sort()).toEqual(called.map(at).sort())
}, 60_000)

it('tells each program once that was executed, and none that was not', async () => {
  writeFileSync(join(place, 'is-read'), 'text')
  // Behind a refused exec perl looks for a library: the loader makes the very call with which a program begins.
  const refused = 'exec {"./is-read"} "is-read"; DynaLoader::dl_load_file("libnone-of-this.so", 0)'
  const inner = `perl -MDynaLoader -e '${refused}; exec {"/bin/cat"} "cat", "is-read"'`
  const { events } = await trace(`cat is-read; ${inner}; env PATH=/none:/nowhere:$PATH cat is-read; exit 0`)
  // A shell by its own name; perl may carry its version.
  const name = (path: string) =>
    basename(path)
      .replace(/^(?:da|ba)sh$/, 'sh')
      .replace(/^perl.+$/, 'perl')
  const executed = events.flatMap((event) => (event.type === 'exec' ? [name(event.executable)] : []))
  expect(executed).toEqual(['sh', 'cat', 'perl', 'cat', 'env', 'cat'])
  const readers = events.filter((event) => event.type === 'file' && event.path.endsWith('/is-read'))
  expect(new Set(readers.map((event) => event.pid)).size).toBe(3)
})

it('says which program has given files to io_uring', async (context) => {
  const source = fileURLToPath(new URL('../../conformance/cases/escape/escape-06.c', import.meta.url))
  const program = join(place, 'ring')
  expect(spawnSync('cc', ['-w', '-I', join(dirname(source), '..'), '-o', program, source]).status).toBe(0)
  writeFileSync(join(place, 'a'), 'hello')
  const { outcome } = await trace(`CASE_EXPECT=/dev/null exec ${program}`)
  if (outcome.exit.exitCode === 77) return context.skip('no io_uring here')
  expect(outcome.gaps).toEqual([{ code: 'io-uring', count: 1, detail: program }])
})

it('leaves no helper behind', async () => {
  let directory = ''
  await trace('true', { started: (_pid, runDirectory) => (directory = runDirectory) })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect([...helpersOf(directory, 'roar-ptrace'), ...helpersOf(directory, 'roar-guardian')]).toEqual([])
})

it('finds itself ready where its trials succeed', async () => {
  const found = await createTracer().preflight({ argv: ['true'], cwd: '/', env: process.env, runDirectory: place })
  expect(found.checks.map((check) => check.name)).toEqual(['platform', 'supervisor', 'filter', 'reach'])
})
