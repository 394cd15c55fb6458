// Who lives on at a run's end: known by a mark, which a program that has just been started does not have yet.
import { type ChildProcess, spawn } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it } from 'vitest'
import type { TraceEvent } from '../events.ts'
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
    watch.note({ type: 'fork', pid } as TraceEvent)
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

  it('after a crash nobody has just been started: a number without a mark is nobody of the run', () => {
    expect(watching(program(), () => false).alive(0)).toEqual([])
  })
})
