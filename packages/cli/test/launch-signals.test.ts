/** Signals and deaths: each reaches the command exactly once, and none takes the record along that need not. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotLaunch, inShell, Launched, listener, openWorkbench, type Workbench } from './launch-workbench.ts'

const reason = cannotLaunch()
const finish = async (run: Launched): Promise<number | string | null> => {
  await sleep(60)
  process.kill(run.pid, 'SIGUSR2')
  return run.ended()
}
const isAlive = (pid: number): boolean => {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

describe.skipIf(reason)(`signals ${reason ? `(skipped: ${reason})` : 'under the launcher'}`, () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench()
  })
  afterAll(() => bench.close())

  for (const signal of ['INT', 'TERM', 'HUP', 'QUIT', 'USR1', 'CONT', 'WINCH', 'ALRM', 'ABRT', 'PIPE', 'XCPU'] as const)
    it(`SIG${signal} to the launcher reaches the command exactly once`, async () => {
      const run = new Launched(bench, listener)
      await run.ready()
      process.kill(run.pid, `SIG${signal}` as NodeJS.Signals)
      await run.until(() => run.said.includes(`SIG${signal}`))
      expect(await finish(run)).toBe(3)
      expect(run.said).toBe(`ready\nSIG${signal}\n`)
    })

  it('a real-time signal reaches the command', async () => {
    const run = new Launched(bench, listener)
    await run.ready()
    inShell(bench, `kill -s RTMIN ${run.pid}`)
    await run.until(() => run.said.includes('SIGRTMIN'))
    expect(await finish(run)).toBe(3)
  })

  for (const signal of ['SIGTERM', 'SIGINT', 'SIGUSR1'] as const)
    it(`${signal} to the whole group reaches the command exactly once`, async () => {
      const run = new Launched(bench, listener)
      await run.ready()
      process.kill(-run.pid, signal)
      await run.until(() => run.said.includes(signal))
      expect(await finish(run)).toBe(3)
      expect(run.said).toBe(`ready\n${signal}\n`)
    })

  it('a signal to the launcher is passed on after one to the group, too', async () => {
    const run = new Launched(bench, listener)
    await run.ready()
    for (const [count, pid] of [-run.pid, run.pid, -run.pid, run.pid].entries()) {
      process.kill(pid, 'SIGTERM')
      await run.until(() => run.said.split('SIGTERM').length > count + 1)
    }
    expect(await finish(run)).toBe(3)
    expect(run.said.match(/SIGTERM/g)).toHaveLength(4)
    expect(run.noted).toMatch(/SIGTERM group\nSIGTERM single\nSIGTERM group\nSIGTERM single/)
  })

  it('a signal that ends the command gives 128 and its number', async () => {
    const run = new Launched(bench, ['sh', '-c', 'echo ready; exec sleep 60'])
    await run.ready()
    process.kill(run.pid, 'SIGTERM')
    expect(await run.ended()).toBe(143)
    expect(run.noted).toMatch(/ended null SIGTERM\nrecorded/)
    expect(inShell(bench, `$launch sh -c 'kill -9 $$'; echo $?; $launch sh -c 'kill -SEGV $$'; echo $?`)).toBe(
      '137\n139\n',
    )
  })

  it('an alarm that was set before rings for the command', () => {
    const script = `perl -e 'alarm 1; exec @ARGV' $launch sleep 20; echo $?`
    expect(inShell(bench, script)).toBe('142\n')
  })

  it('a killed recorder does no harm to the command', async () => {
    const run = new Launched(bench, listener)
    const { recorder } = await run.ready()
    process.kill(recorder, 'SIGKILL')
    await run.until(() => run.complained.includes('the recorder died; the run will be recorded as interrupted'))
    process.kill(run.pid, 'SIGTERM')
    await run.until(() => run.said.includes('SIGTERM'))
    expect(await finish(run)).toBe(3)
  })

  it('a recorder that is killed behind its record has not interrupted anything', async () => {
    const run = new Launched(bench, ['sh', '-c', 'exit 5'], { RECORDER_DIES: '1' })
    expect(await run.ended()).toBe(5)
    expect(run.complained).toBe('roar: the recorder died behind its record, which is whole\n')
  })

  it('a killed launcher does no harm to the command, and the recorder hears of it', async () => {
    const run = new Launched(bench, listener)
    const { command } = await run.ready()
    process.kill(run.pid, 'SIGKILL')
    await run.until(() => run.noted.includes('recorded'))
    expect(run.noted).toContain('ended null null')
    expect(isAlive(command)).toBe(true)
    process.kill(command, 'SIGUSR2')
    await run.until(() => !isAlive(command))
  })

  it('a launcher that is killed before it can say so has started the command, where its child says that it is there', async () => {
    for (const [said, noted] of [
      ['forked 4711\n', 'started 4711'],
      ['', 'refused ROAR_COMMAND_'],
    ] as const) {
      const log = join(bench.place, `torn-${said.length}`)
      const env = { ...process.env, RECORDER_LOG: log, ROAR_LAUNCHER_FD: '3' }
      const words = [...bench.spawnWords.slice(1), 'true']
      const recorder = spawn(process.execPath, words, { env, stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
      const channel = recorder.stdio[3] as Duplex
      channel.once('data', () => channel.end(said))
      await once(recorder, 'exit')
      expect(readFileSync(log, 'utf8')).toContain(noted)
    }
  })

  it('a killed group leaves the recorder to record', async () => {
    const run = new Launched(bench, listener)
    await run.ready()
    process.kill(-run.pid, 'SIGKILL')
    expect(await run.ended()).toBe('SIGKILL')
    await run.until(() => run.noted.includes('recorded'))
  })

  it('a recorder that dies before the command is started is a failure of ours', () => {
    const words = bench.launch[0] as string
    expect(inShell(bench, `${words} sh -c 'kill -9 $$' 2>&1; echo $?`)).toBe(
      'roar: the recorder died (Killed); the command was not started\n125\n',
    )
  })

  it('when only the recorder works, the first wish to end is told to it and the second ends it', async () => {
    const run = new Launched(bench, ['echo', 'ready'], { RECORDER_LINGER: '20000' })
    await run.until(() => run.noted.includes('ended 0 null'))
    process.kill(run.pid, 'SIGINT')
    await run.until(() => run.noted.includes('SIGINT single'))
    process.kill(run.pid, 'SIGINT')
    expect(await run.ended()).toBe(0)
    expect(run.noted).not.toContain('recorded')
    expect(run.complained).toContain('the recorder died')
  })

  it('a command that is stopped and continued by its own pid does not leave the launcher stopped', async () => {
    const run = new Launched(bench, listener)
    const { command } = await run.ready()
    const state = (): string => readFileSync(`/proc/${run.pid}/stat`, 'latin1').split(') ')[1]?.[0] ?? ''
    process.kill(command, 'SIGSTOP')
    await run.until(() => state() === 'T')
    process.kill(command, 'SIGCONT')
    await run.until(() => state() !== 'T')
    expect(await finish(run)).toBe(3)
    // The one that was sent, and none of ours.
    expect(run.said).toBe('ready\nSIGCONT\n')
  })

  it('SIGCONT to a stopped launcher continues the command', async () => {
    const run = new Launched(bench, listener)
    const { command } = await run.ready()
    const state = (): string => readFileSync(`/proc/${command}/stat`, 'latin1').split(') ')[1]?.[0] ?? ''
    // Not SIGTSTP: the kernel drops it in a group that no shell watches.
    process.kill(command, 'SIGSTOP')
    await run.until(() => state() === 'T')
    await sleep(50)
    process.kill(run.pid, 'SIGCONT')
    await run.until(() => state() !== 'T')
    expect(await finish(run)).toBe(3)
  })

  it('nobody waits for processes that outlive the command', async () => {
    const run = new Launched(bench, ['sh', '-c', 'sleep 30 >/dev/null 2>&1 & echo $! ready'])
    expect(await run.ended()).toBe(0)
    const pid = Number.parseInt(run.said, 10)
    expect(isAlive(pid)).toBe(true)
    process.kill(pid, 'SIGKILL')
  })

  it('the recorder holds nothing of the user but standard error, and its channel below 16', async () => {
    const script = 'exec 5</etc/passwd 77</etc/passwd; RECORDER_LOG=log $launch true; cat log'
    const open = /open (.*)/.exec(inShell(bench, script))?.[1]?.split(' ').map(Number) ?? []
    expect(open).toEqual(expect.arrayContaining([0, 1, 2, 4]))
    expect(open).not.toContain(77)
  })
})
