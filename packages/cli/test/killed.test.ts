// kill -9 of the recorder or of the launcher at any moment: the command goes on, the record says interrupted, the next run works.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { roarBin, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces({ git: false })

const children = (pid: number): number[] => {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}
const isRecorder = (pid: number): boolean => {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, 'latin1')
    return words.startsWith('node') && words.includes('dist/main.js')
  } catch {
    return false
  }
}
const kill = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 'SIGKILL')
  } catch {
    return false
  }
}
const ended = (child: ChildProcess): Promise<number | null> =>
  new Promise((resolve) => child.once('exit', (code) => resolve(code)))

/** Bytes to hash for a while, so that the moments below meet each phase. */
const command = 'echo x > begun; sleep 0.1; truncate -s 1G big; echo y > finished'
const moments = [0, 10, 25, 40, 60, 80, 110, 150, 200, 260, 330]
/** Milliseconds that a whole run takes where the moments meet each phase; on a machine that is slower, or busy, they come later. */
const usual = 300

/** How many times slower than that this machine is now. */
function slowness(w: TestWorkspace): number {
  const begun = performance.now()
  w.must('run', '-q', 'sh', '-c', command)
  return Math.max(1, (performance.now() - begun) / usual)
}

/** Runs the command, kills after so many milliseconds, and waits for all to be over. */
async function killAfter(
  ms: number,
  victim: 'recorder' | 'launcher',
  w: TestWorkspace,
  slower: number,
): Promise<boolean> {
  const run = spawn(roarBin, ['run', '-q', 'sh', '-c', command], { cwd: w.root, env: w.env, stdio: 'ignore' })
  const over = ended(run)
  await sleep(ms)
  const launcher = run.pid as number
  const recorder = children(launcher).find(isRecorder)
  const hit = kill(victim === 'launcher' ? launcher : recorder)
  const code = await over
  // A command that was started at that very moment may not have come to its first line. A launcher that lives has waited for its end.
  const patience = victim === 'launcher' ? 25 * slower : 0
  for (let i = 0; i < patience && !existsSync(join(w.root, 'begun')); i++) await sleep(20)
  if (existsSync(join(w.root, 'begun'))) {
    for (let i = 0; i < 500 && !existsSync(join(w.root, 'finished')); i++) await sleep(20)
    if (victim === 'recorder') expect(code).toBe(0)
  }
  if (victim === 'launcher') for (let i = 0; i < 1500 && recorder && isRecorder(recorder); i++) await sleep(20)
  return hit
}

interface LoggedJob {
  readonly uid: string
  readonly status: string
  readonly argv: readonly string[]
}
const jobs = (w: TestWorkspace): readonly LoggedJob[] => JSON.parse(w.must('log', '--all', '--json').out).jobs

describe.skipIf(process.platform !== 'linux')('killed', () => {
  it.each(['recorder', 'launcher'] as const)(
    'a killed %s harms neither the command nor any record',
    async (victim) => {
      const w = workspace()
      w.must('run', '-q', 'touch', 'earlier')
      const slower = slowness(w)
      w.must('run', '-q', 'rm', '-f', 'begun', 'finished', 'big')
      const statuses: string[] = []
      let hits = 0
      for (const ms of moments) {
        const before = jobs(w).length
        if (await killAfter(ms * slower, victim, w, slower)) hits++
        const begun = existsSync(join(w.root, 'begun'))
        // The command that was begun has done its work.
        expect(existsSync(join(w.root, 'finished')), `${ms} ms`).toBe(begun)
        expect(w.roar('status'), `${ms} ms`).toMatchObject({ code: 0, err: '' })
        expect(w.roar('run', '-q', 'rm', '-f', 'begun', 'finished', 'big'), `${ms} ms`).toMatchObject({
          code: 0,
          err: '',
        })
        const [killed, clean] = jobs(w).slice(-2)
        expect(clean?.status).toBe('completed')
        if (begun) {
          expect(jobs(w), `${ms} ms`).toHaveLength(before + 2)
          expect(killed?.argv).toEqual(['sh', '-c', command])
          statuses.push(killed?.status ?? '')
          // What it wrote is known, from the log that outlived its reader.
          const outputs = w.job(killed?.uid ?? '').outputs.map((edge) => edge.path)
          expect(outputs, `${ms} ms ${killed?.status}`).toContain('finished')
        }
      }
      expect(statuses.filter((status) => !['interrupted', 'completed'].includes(status))).toEqual([])
      expect(statuses).toContain('interrupted')
      // The first may come before there is a recorder, the last behind it.
      expect(hits).toBeGreaterThan(moments.length / 3)
      expect(jobs(w)[0]).toMatchObject({ status: 'completed', argv: ['touch', 'earlier'] })
      const checks = JSON.parse(w.roar('doctor', '--json').out).checks as { name: string; ok: boolean }[]
      expect(checks.find((check) => check.name === 'database')).toMatchObject({ ok: true })
      const left = readdirSync(join(w.root, '.roar')).filter((name) => name.endsWith('.tmp'))
      expect(left).toEqual([])
    },
    480_000,
  )
})
