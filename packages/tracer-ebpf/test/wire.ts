/** What anybody can send to the daemon's socket: Node has no sockets of this kind, so a few lines of Python speak for the test. */
import { spawnSync } from 'node:child_process'

const prelude = `
import array, os, socket, struct, sys, time
path = sys.argv[1]
MAGIC, VERSION = 0x64726172, 1
# Into a pipe Python keeps what it prints, and a fork would print that twice.
sys.stdout.reconfigure(line_buffering=True)
def connect():
    s = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    s.settimeout(10)
    for _ in range(200):
        try:
            s.connect(path)
            break
        except BlockingIOError: time.sleep(0.02)
    return s
def ask(s, word, magic=MAGIC, version=VERSION, more=0):
    s.send(struct.pack('<IIIIQQ', magic, version, word, more, 0, 0))
    return reply(s)
def reply(s):
    data, control, flags, _ = s.recvmsg(256, 256)
    for _, _, bytes in control:
        for fd in array.array('i', bytes): os.close(fd)
    if not data: return None
    words = struct.unpack('<4I8Q4I', data)
    return {'answer': words[2], 'slot': words[3], 'secret': words[4:6], 'counts': words[6:11], 'live': words[12], 'pid': words[15], 'ring': bool(control)}
OPEN, COUNTS, STATE = 1, 2, 3
`

/** What the script prints, one line each. `user`: a number; the daemon sees who speaks. */
export function speak(socket: string, script: string, user = 0): string[] {
  const as = user === 0 ? [] : ['--reuid', String(user), '--regid', String(user), '--clear-groups']
  const [command, ...words] = [
    ...(user === 0 ? [] : ['setpriv', ...as]),
    '/usr/bin/python3',
    '-c',
    prelude + script,
    socket,
  ]
  const done = spawnSync(command as string, words, { encoding: 'utf8', timeout: 60_000, cwd: '/' })
  if (done.status !== 0) throw new Error(`${done.stderr}${done.error ?? ''}`)
  return done.stdout.split('\n').filter(Boolean)
}
