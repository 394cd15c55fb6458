/** Where there is no launcher Node starts the command: nearly the same, and never worse than a plain child. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotLaunch, inShell, Launched, listener, openWorkbench, type Workbench } from './launch-workbench.ts'

const reason = cannotLaunch()

describe.skipIf(reason)(`without a launcher ${reason ? `(skipped: ${reason})` : ''}`, () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench()
  })
  afterAll(() => bench.close())

  const spawned = (script: string): string => inShell(bench, `spawn='${bench.spawnWords.join(' ')}'; ${script}`)

  it('reports the end of the command to the recorder', async () => {
    const run = new Launched(bench, ['sh', '-c', 'exit 4'], {}, bench.spawnWords)
    await run.ended()
    expect(run.noted).toMatch(/ended 4 null\nrecorded/)
  })

  it('changes the environment as asked, and nothing else of it', () => {
    expect(spawned(`RECORDER_SET=x $spawn sh -c 'echo $ADDED; env | grep -c RECORDER'`)).toBe('x\n0\n')
  })

  it('tells where the command is not found, and where it may not be executed', () => {
    expect(spawned('touch plain; $spawn ./none; echo $?; $spawn ./plain; echo $?')).toBe('127\n126\n')
  })

  for (const signal of ['SIGTERM', 'SIGHUP'] as const)
    it(`passes ${signal} on to the command`, async () => {
      const run = new Launched(bench, listener, {}, bench.spawnWords)
      const { command } = await run.ready()
      process.kill(run.pid, signal)
      await run.until(() => run.said.includes(signal))
      process.kill(command, 'SIGUSR2')
      await run.ended()
      expect(run.said).toBe(`ready\n${signal}\n`)
    })
})
