// The command inherits what it would without roar, and the shell sees what it would see.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { roarBin, TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())

/** What a script prints bare and under `roar run` from the same shell state. */
function both(state: string, command: string): readonly [string, string] {
  const bare = w.shell(`${state}\n${command}`)
  const under = w.shell(`${state}\n"$roar" run ${command}`)
  return [bare.out, under.out]
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
async function until(condition: () => boolean): Promise<void> {
  for (let i = 0; i < 1200 && !condition(); i++) await sleep(25)
  expect(condition()).toBe(true)
}

const launcher = join(import.meta.dirname, '../launcher/build/here/roar-launcher')
const reason = existsSync(launcher) ? '' : ' (the launcher was not built: no C compiler)'
const signals = 'sh -c \'grep -E "^(SigBlk|SigIgn|SigCgt)" /proc/self/status\''

it.each([
  ['signals as they are', ':', signals],
  ['an ignored SIGHUP, as under nohup', "trap '' HUP", signals],
  ['an ignored SIGPIPE', "trap '' PIPE", signals],
  ['ignored job control signals', "trap '' TSTP INT QUIT", signals],
  ['limits', 'ulimit -n 77; ulimit -c 0; ulimit -s 4096', "sh -c 'ulimit -a'"],
  ['the umask', 'umask 027', "sh -c 'umask'"],
  ['niceness', 'renice -n 5 $$ >/dev/null', 'nice'],
  ['open descriptors', 'exec 5</etc/passwd 7>/dev/null', 'ls /proc/self/fd'],
  ['a closed standard input', 'exec 0<&-', "sh -c 'ls /proc/$$/fd'"],
  ['the environment', 'export A="x y" B=$(printf "1\\n2")', 'sh -c \'env -0 | tr "\\\\0" "\\\\n" | grep -vE ^_=\''],
  [
    'the session and the process group',
    ':',
    'sh -c \'cut -d" " -f5,6 /proc/$$/stat | tr -d "\\n" >/dev/null; ps -o sid= -p $$\'',
  ],
])(`the command gets %s${reason}`, (_, state, command) => {
  const [bare, under] = both(state, command)
  expect(under).toBe(bare)
  expect(bare).not.toBe('')
})

it('a signal sent to roar alone reaches the command, once', async () => {
  const log = join(w.root, 'terms')
  const script = `trap 'echo term >> ${log}' TERM; echo ready >> ${log}; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 0.1; done; exit 4`
  const child = spawn(roarBin, ['run', 'sh', '-c', script], { cwd: w.root, env: w.env, stdio: 'ignore' })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  await until(() => existsSync(log))
  child.kill('SIGTERM')
  expect(await ended).toBe(4)
  expect(readFileSync(log, 'utf8')).toBe('ready\nterm\n')
})

it('a signal sent to the process group reaches the command, once', async () => {
  const log = join(w.root, 'group')
  const script = `trap 'echo usr >> ${log}' USR1; echo ready >> ${log}; for i in 1 2 3 4 5 6 7 8 9 10 11 12; do sleep 0.1; done`
  const child = spawn(
    'bash',
    ['-c', `trap '' USR1; exec setsid "${roarBin}" run bash -c '${script.replaceAll("'", `'\\''`)}'`],
    {
      cwd: w.root,
      env: w.env,
      stdio: 'ignore',
    },
  )
  const ended = new Promise((resolve) => child.on('exit', resolve))
  await until(() => existsSync(log))
  process.kill(-(child.pid as number), 'SIGUSR1')
  await ended
  // The shell in front ignored it, and so does everything that it started.
  expect(readFileSync(log, 'utf8')).toBe('ready\n')
})

it('the recorder’s death harms nobody, and the next run completes the record', async () => {
  const go = join(w.root, 'go')
  const child = spawn(
    roarBin,
    ['run', '-n', 'victim', 'sh', '-c', `echo made > out; until [ -e ${go} ]; do sleep 0.05; done; exit 5`],
    {
      cwd: w.root,
      env: w.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let err = ''
  child.stderr?.on('data', (text) => {
    err += text
  })
  const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
  await until(() => existsSync(join(w.root, 'out')))
  const recorder = Number(w.shell(`pgrep -P ${child.pid} -f '^node '`).out)
  // 0 would be this very group.
  expect(recorder).toBeGreaterThan(1)
  process.kill(recorder, 'SIGKILL')
  await sleep(100)
  w.write('go', '')
  expect(await ended).toBe(5)
  expect(err).toContain('the recorder died')
  expect(w.roar('status').code).toBe(0)
  expect(w.roar('run', 'true').err).toContain('as interrupted')
  const log = JSON.parse(w.must('log', '--json').out).jobs as { name: string; uid: string }[]
  const job = w.job(log.find((one) => one.name === 'victim')?.uid ?? '')
  expect(job).toMatchObject({ status: 'interrupted', outputs: [{ path: 'out' }] })
  expect(job.tracer?.coverage.gaps).toMatchObject([{ code: 'recorder-died' }])
})

const python = `
import os, pty, sys, time, select, signal, termios
def talk(argv, steps, env):
    pid, fd = pty.fork()
    if pid == 0:
        os.execvpe(argv[0], argv, env)
    seen = b''
    def read(until, limit=8):
        nonlocal seen
        end = time.time() + limit
        while until not in seen and time.time() < end:
            r, _, _ = select.select([fd], [], [], 0.1)
            if r:
                try: seen += os.read(fd, 4096)
                except OSError: break
        ok = until in seen
        seen = seen.split(until, 1)[1] if ok else seen
        return ok
    for expect, send in steps:
        if not read(expect.encode()):
            print('missing', expect, seen); os.kill(pid, 9); return
        if send: os.write(fd, send.encode())
    _, status = os.waitpid(pid, 0)
    print('status', os.waitstatus_to_exitcode(status))
`
const terminal = (body: string) =>
  w.execute('python3', ['-c', `${python}\nimport os\nROAR=${JSON.stringify(roarBin)}\n${body}`])

it('Ctrl-C ends the command as it would bare, and the job is recorded as interrupted', () => {
  const said = terminal(
    `talk([ROAR, 'run', '-n', 'ctrlc', 'sh', '-c', 'echo ready; sleep 20'], [('ready', '\\x03')], os.environ)`,
  )
  expect(said.out).toBe('status 130\n')
  expect(w.job(JSON.parse(w.must('log', '--json').out).jobs.at(-1).uid)).toMatchObject({
    name: 'ctrlc',
    status: 'interrupted',
    signal: 'SIGINT',
  })
})

it('Ctrl-Z stops the job for the shell, and fg goes on with it', () => {
  const steps = [
    ['$ ', `${roarBin} run sh -c "echo ready; read line; echo got \\$line"\n`],
    ['\nready', '\x1a'],
    ['Stopped', 'fg\n'],
    ['read line', 'hello\n'],
    ['got hello', 'exit 0\n'],
  ]
  const list = JSON.stringify(steps)
  const said = terminal(`talk(['bash', '--norc', '--noprofile', '-i'], ${list}, dict(os.environ, PS1='$ '))`)
  expect(said.out).toBe('status 0\n')
})

it('what the command does to the terminal stays done', () => {
  const steps = JSON.stringify([
    ['$ ', `${roarBin} run stty -echo; stty -a | grep -o -- -echo' '; echo end\n`],
    ['\n-echo ', ''],
    ['end', 'exit 0\n'],
  ])
  expect(terminal(`talk(['bash', '--norc', '--noprofile', '-i'], ${steps}, dict(os.environ, PS1='$ '))`).out).toBe(
    'status 0\n',
  )
})
