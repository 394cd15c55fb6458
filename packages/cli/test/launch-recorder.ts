/** Plays the recorder for the tests of the launcher: `run COMMAND…` starts it, and notes in RECORDER_LOG what it is told. */
import { appendFileSync, readdirSync, writeSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { openLaunch } from '../src/launch/index.ts'

const {
  RECORDER_LOG = '/dev/null',
  RECORDER_LINGER,
  RECORDER_SAY,
  RECORDER_CWD,
  RECORDER_SET,
  RECORDER_DIES,
} = process.env
const note = (line: string): void => appendFileSync(RECORDER_LOG, `${line}\n`)

/** The command sees none of our own variables. */
const changes: Record<string, string | null> = {
  RECORDER_LOG: null,
  RECORDER_LINGER: null,
  RECORDER_SAY: null,
  RECORDER_CWD: null,
  RECORDER_SET: null,
  RECORDER_DIES: null,
  ...(RECORDER_SET !== undefined && { ADDED: RECORDER_SET }),
}

async function record(): Promise<void> {
  const launch = openLaunch(process.env)
  launch.onInterrupt((signal, from) => note(`${signal} ${from}`))
  try {
    const request = { argv: process.argv.slice(3), cwd: RECORDER_CWD ?? process.cwd(), env: changes }
    const { pid, exited } = await launch.start(request)
    note(`started ${pid} by ${process.pid}`)
    note(`open ${readdirSync('/proc/self/fd').join(' ')}`)
    const { exitCode, signal } = await exited
    note(`ended ${exitCode} ${signal}`)
    if (RECORDER_LINGER) await sleep(Number(RECORDER_LINGER))
    if (RECORDER_DIES) launch.recorded()
    if (RECORDER_DIES) process.kill(process.pid, 'SIGKILL')
    if (RECORDER_SAY) writeSync(2, `${RECORDER_SAY}\n`)
  } catch (error) {
    const { code, exitCode } = error as { code: string; exitCode: number }
    note(`refused ${code}`)
    process.exitCode = exitCode
  }
  note('recorded')
  launch.end()
}

record()
