// At the end of a run the kernel's figures are compared with what came. The program that raises them may be between two of them, on another processor.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ExitStatus } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTracer } from '../src/index.ts'
import { lackOfKernel, type OwnDaemon, startDaemon } from './own-daemon.ts'

const lack = lackOfKernel()
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-counts-')))
afterAll(() => rmSync(place, { recursive: true }))

/** Stands between follower and daemon. So many answers about a run without processes have one event more that was seen than what has become of all. */
const between = `
import array, os, socket, struct, sys, threading
own, daemons, times = sys.argv[1], sys.argv[2], int(sys.argv[3])
COUNTS = 2
def serve(client):
    global times
    daemon = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    daemon.connect(daemons)
    while True:
        question = client.recv(256)
        if not question: break
        daemon.send(question)
        data, control, _, _ = daemon.recvmsg(1 << 17, 256)
        if struct.unpack_from('<I', question, 8)[0] == COUNTS and struct.unpack_from('<I', data, 80)[0] == 0 and times > 0:
            times -= 1
            data = data[:32] + struct.pack('<Q', struct.unpack_from('<Q', data, 32)[0] + 1) + data[40:]
        client.sendmsg([data], [(level, kind, bytes) for level, kind, bytes in control])
        for _, _, bytes in control:
            for fd in array.array('i', bytes): os.close(fd)
    daemon.close()
listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
listener.bind(own)
listener.listen(16)
while True: threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
`

let runs = 0

async function lostWith(daemon: OwnDaemon, times: number): Promise<number> {
  const socket = join(place, `s${++runs}`)
  const proxy: ChildProcess = spawn('/usr/bin/python3', ['-c', between, socket, daemon.socket, String(times)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  try {
    while (!existsSync(socket)) await new Promise((resolve) => setTimeout(resolve, 20))
    const runDirectory = mkdtempSync(join(place, 'run'))
    const outcome = await createTracer({ socket }).trace(
      { argv: ['true'], cwd: place, env: process.env, runDirectory },
      {
        start: async ({ argv: [program, ...words], cwd }) => {
          const child = spawn(program as string, words, { cwd, stdio: 'inherit' })
          const exited = new Promise<ExitStatus>((resolve) =>
            child.once('close', (exitCode, signal) => resolve({ exitCode, signal })),
          )
          return { pid: child.pid as number, exited }
        },
        events: () => {},
      },
    )
    return outcome.lost
  } finally {
    proxy.kill()
  }
}

describe.skipIf(lack !== null)(`the figures of a run (${lack ?? 'here'})`, () => {
  let daemon: OwnDaemon
  beforeAll(async () => {
    daemon = await startDaemon()
  })
  afterAll(() => daemon.stop())

  it('are no loss where the last of them is on its way', async () => {
    expect(await lostWith(daemon, 3)).toBe(0)
  })

  it('are a loss where they stay apart', async () => {
    expect(await lostWith(daemon, 1_000_000)).toBe(1)
  })
})
