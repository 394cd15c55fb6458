// Who lives on at a run's end: known by a mark, which a program that has just been started does not have yet.
import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { TraceEvent } from '../events.ts'
import { monotonic } from '../monotonic.ts'
import { ProcessWatch } from './process-watch.ts'

describe('processes that live on', () => {
  const started: ChildProcess[] = []
  afterEach(() => {
    for (const one of started.splice(0)) one.kill()
  })
  const program = (): number => {
    const child = spawn('sleep', ['30'])
    started.push(child)
    return child.pid as number
  }
  const watching = (pid: number, isOurs: () => boolean): ProcessWatch => {
    const watch = new ProcessWatch(isOurs)
    watch.note({ type: 'fork', pid } as TraceEvent, monotonic())
    return watch
  }

  it('one whose mark is not there yet is asked again', () => {
    const pid = program()
    let marked = false
    const watch = watching(pid, () => marked)
    expect(watch.alive()).toEqual([pid])
    marked = true
    expect(watch.alive()).toEqual([pid])
  })

  it('one that stays without a mark is another program by the same number', async () => {
    const watch = watching(program(), () => false)
    expect(watch.alive()).toHaveLength(1)
    await sleep(150)
    expect(watch.alive()).toEqual([])
  })

  it('one that was started behind the last fact of its number is another program, though it has the mark', () => {
    const watch = new ProcessWatch(() => true)
    const [younger, older] = [program(), program()]
    watch.note({ type: 'open', pid: younger } as unknown as TraceEvent, monotonic() - 300)
    watch.note({ type: 'open', pid: older } as unknown as TraceEvent, monotonic())
    expect(watch.alive()).toEqual([older])
  })

  it('after a crash nobody has just been started: a number without a mark is nobody of the run', () => {
    expect(watching(program(), () => false).alive(0)).toEqual([])
  })

  // A gigabyte in small pages takes the kernel some milliseconds to give back; its first thread is asked for all that time.
  it('one that the kernel is taking apart has ended', async () => {
    const child = spawn('python3', ['-c', dying], { stdio: ['pipe', 'pipe', 'inherit'] })
    started.push(child)
    const pid = child.pid as number
    const watch = watching(pid, () => true)
    await new Promise((ready) => child.stdout.once('data', ready))
    expect(watch.alive()).toEqual([pid])
    child.stdin.end()
    let [looks, alive] = [0, [] as number[]]
    while (child.exitCode === null) {
      await sleep(0)
      const before = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'latin1') : ''
      if ((Number(before.split(') ')[1]?.split(' ')[6]) & 4) === 0) continue
      looks++
      watch.note({ type: 'fork', pid } as TraceEvent, monotonic())
      alive = alive.concat(watch.alive())
    }
    expect(looks).toBeGreaterThan(0)
    expect(alive).toEqual([])
  })
})

const dying = `
import mmap, sys
m = mmap.mmap(-1, 1 << 30, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
m.madvise(mmap.MADV_NOHUGEPAGE)
for at in range(0, 1 << 30, 4096): m[at] = 1
print('ready', flush=True)
sys.stdin.read()
`
