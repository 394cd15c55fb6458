// The daemon runs with rights that its clients do not have: whatever they send, it gives nothing away, serves the others, and goes on.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { programPath } from '../src/programs.ts'
import { lackOfKernel, type OwnDaemon, startDaemon } from './own-daemon.ts'
import { speak } from './wire.ts'

const nobody = 65534
const lack = lackOfKernel()
const root = process.getuid?.() === 0

describe.skipIf(lack !== null || !root)(`roard (${lack ?? (root ? 'here' : 'only root can try')})`, () => {
  let daemon: OwnDaemon
  beforeAll(async () => {
    daemon = await startDaemon()
  })
  afterAll(() => daemon.stop())
  const say = (script: string, user = 0) => speak(daemon.socket, script, user)

  it('gives each run a number and a secret of its own', () => {
    const [one, other] = say(`
a, b = connect(), connect()
for s in (a, b):
    r = ask(s, OPEN)
    print(r['answer'], r['slot'], r['secret'], r['ring'])
`)
    expect(one).toMatch(/^0 \d+ \(\d+, \d+\) True$/)
    expect(other).toMatch(/^0 \d+ \(\d+, \d+\) True$/)
    expect(one).not.toBe(other)
  })

  it('hangs up on whatever is not a request, and serves the next one', () => {
    const said = say(`
frames = [b'', b'x', b'\\0' * 16, b'\\xff' * 16, b'roar' * 1000, struct.pack('<IIIIQQ', MAGIC, VERSION, OPEN, 1, 0, 0), struct.pack('<IIIIQQ', MAGIC, VERSION, 99, 0, 0, 0), struct.pack('<IIIIQQ', MAGIC, VERSION, 4, 0, 0, 2**63), struct.pack('<IIII', MAGIC, VERSION, OPEN, 0)]
for frame in frames:
    s = connect()
    try:
        s.send(frame)
        print(reply(s))
    except (ConnectionResetError, BrokenPipeError):
        print(None)
print(ask(connect(), STATE)['answer'])
`)
    expect(said).toEqual([...Array(9).fill('None'), '0'])
  })

  it('refuses another version by an answer, so that a newer client can say what is wrong', () => {
    expect(say(`print(ask(connect(), OPEN, version=7)['answer'])`)).toEqual(['2'])
  })

  it('opens one run a connection, and tells counts to nobody else', () => {
    const said = say(`
s = connect()
print(ask(s, COUNTS)['answer'])
print(ask(s, OPEN)['answer'])
print(ask(s, COUNTS)['answer'])
s.send(struct.pack('<IIIIQQ', MAGIC, VERSION, OPEN, 0, 0, 0))
print(reply(s))
`)
    expect(said).toEqual(['2', '0', '0', 'None'])
  })

  it('lets one user fill his own places, not those of others', () => {
    const [mine, others] = say(
      `
kept = []
for _ in range(40):
    try:
        s = connect()
        r = ask(s, OPEN)
        kept.append((s, r and r['answer']))
    except (ConnectionResetError, BrokenPipeError):
        kept.append((None, None))
print(sum(1 for _, answer in kept if answer == 0))
pid = os.fork()
if pid == 0:
    os.setuid(65533)
    print(ask(connect(), OPEN)['answer'])
    sys.stdout.flush()
    os._exit(0)
os.waitpid(pid, 0)
`,
    ).sort((a, b) => Number(b) - Number(a))
    expect(Number(mine)).toBe(16)
    expect(others).toBe('0')
  })

  it('gives places again that were given back a moment ago: it need not be idle for that', () => {
    const said = say(`
answers = set()
for _ in range(200):
    s = connect()
    answers.add(ask(s, OPEN)['answer'])
    s.close()
print(answers)
`)
    expect(said).toEqual(['{0}'])
  })

  it('survives a flood of connections and of requests, and serves others meanwhile', () => {
    say(
      `
for _ in range(2000):
    try:
        s = connect()
        s.send(b'?')
        s.close()
    except OSError: pass
try:
    s = connect()
    ask(s, OPEN)
    s.setblocking(False)
    for _ in range(100000):
        try: s.send(struct.pack('<IIIIQQ', MAGIC, VERSION, COUNTS, 0, 0, 0))
        except BlockingIOError: pass
except OSError: pass
`,
      nobody,
    )
    expect(say(`print(ask(connect(), OPEN)['answer'])`)).toEqual(['0'])
  })

  it('lets nobody join a run whose secret he does not know', () => {
    const said = say(
      `
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
s = connect()
r = ask(s, OPEN)
pid = os.fork()
if pid == 0:
    libc.prctl(0x726f6172, ctypes.c_ulong(r['slot']), ctypes.c_ulong(r['secret'][0]), ctypes.c_ulong(1), 0)
    open('/etc/hostname').read()
    os._exit(0)
os.waitpid(pid, 0)
print(ask(s, COUNTS)['counts'][0], ask(s, COUNTS)['live'])
pid = os.fork()
if pid == 0:
    libc.prctl(0x726f6172, ctypes.c_ulong(r['slot']), ctypes.c_ulong(r['secret'][0]), ctypes.c_ulong(r['secret'][1]), 0)
    open('/etc/hostname').read()
    os._exit(0)
os.waitpid(pid, 0)
print(ask(s, COUNTS)['counts'][0] > 0, ask(s, COUNTS)['live'])
`,
      nobody,
    )
    expect(said).toEqual(['0 0', 'True 0'])
  })

  it('knows a secret no longer when its run has ended', () => {
    const said = say(`
import ctypes
libc = ctypes.CDLL(None)
s = connect()
r = ask(s, OPEN)
s.close()
time.sleep(0.1)
libc.prctl(0x726f6172, ctypes.c_ulong(r['slot']), ctypes.c_ulong(r['secret'][0]), ctypes.c_ulong(r['secret'][1]), 0)
kept = []
seen = 0
for _ in range(14):
    s = connect()
    kept.append(s)
    ask(s, OPEN)
    open('/etc/hostname').read()
    seen += ask(s, COUNTS)['counts'][0]
print(seen)
`)
    expect(said).toEqual(['0'])
  })

  it('lets everybody ask, and nobody but its owner change where it is asked', () => {
    expect(statSync(daemon.socket).mode & 0o777).toBe(0o666)
    expect(statSync(join(daemon.socket, '..')).mode & 0o022).toBe(0)
    expect(speak(daemon.socket, `print(ask(connect(), STATE)['answer'])`, nobody)).toEqual(['0'])
  })

  it('makes its socket in no place that others could have prepared', () => {
    const place = mkdtempSync('/run/roar-test/p')
    writeFileSync(join(place, 'precious'), 'text')
    symlinkSync(place, `${place}-link`)
    spawnSync('chmod', ['777', place])
    const start = (socket: string) =>
      spawnSync(programPath('roard') as string, ['--socket', socket], { encoding: 'utf8', timeout: 20_000 })
    expect(start(join(place, 'roard.sock')).stderr).toContain('Operation not permitted')
    expect(start(join(`${place}-link`, 'roard.sock')).stderr).toContain('Operation not permitted')
    spawnSync('chmod', ['755', place])
    symlinkSync(join(place, 'precious'), join(place, 'roard.sock.lock'))
    expect(start(join(place, 'roard.sock')).status).toBe(1)
    expect(readFileSync(join(place, 'precious'), 'utf8')).toBe('text')
    rmSync(`${place}-link`)
    rmSync(place, { recursive: true })
  })

  it('goes when nobody has asked for as long as it was told, and takes its socket along', async () => {
    const idle = await startDaemon(['--idle', '1'])
    for (let tries = 0; existsSync(idle.socket) && tries < 200; tries++)
      await new Promise((done) => setTimeout(done, 50))
    expect(existsSync(idle.socket)).toBe(false)
    await idle.stop()
  })

  it('takes over a socket that systemd hands it', () => {
    const place = mkdtempSync('/run/roar-test/a')
    const said = spawnSync(
      '/usr/bin/python3',
      [
        '-c',
        `
import os, socket, struct, sys, time
l = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
l.bind('${place}/s')
l.listen(4)
pid = os.fork()
if pid == 0:
    os.dup2(l.fileno(), 3)
    os.set_inheritable(3, True)
    os.environ.update(LISTEN_FDS='1', LISTEN_PID=str(os.getpid()))
    os.execv('${programPath('roard')}', ['roard', '--idle', '0'])
try:
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    s.settimeout(30)
    s.connect('${place}/s')
    s.send(struct.pack('<IIIIQQ', 0x64726172, 1, 3, 0, 0, 0))
    print(struct.unpack('<4I', s.recv(256)[:16])[2])
finally:
    os.kill(pid, 15)
os.waitpid(pid, 0)
`,
      ],
      { encoding: 'utf8', timeout: 60_000 },
    )
    expect(said.stdout.trim()).toBe('0')
    rmSync(place, { recursive: true })
  })
})
