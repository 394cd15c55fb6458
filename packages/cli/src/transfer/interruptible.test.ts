// Signals that arrive while bytes move: real ones, to this process.
import { setTimeout as wait } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { interruptible } from './interruptible.ts'

it('a wait that a signal ends is told by the signal, with the status that a shell gives it', async () => {
  const waiting = interruptible(async (signal) => {
    process.kill(process.pid, 'SIGHUP')
    await wait(60_000, undefined, { signal })
  })
  await expect(waiting).rejects.toMatchObject({ code: 'ROAR_INTERRUPTED', exitCode: 129 })
  expect(process.listenerCount('SIGHUP')).toBe(0)
})

it('an error of another kind stays what it is, and what ends in spite of the signal has its result', async () => {
  const failing = interruptible(async (signal) => {
    process.kill(process.pid, 'SIGHUP')
    while (!signal.aborted) await wait(1)
    throw new TypeError('another')
  })
  await expect(failing).rejects.toThrow(TypeError)
  const ending = await interruptible(async (signal) => {
    process.kill(process.pid, 'SIGHUP')
    while (!signal.aborted) await wait(1)
    return 7
  })
  expect(ending).toEqual({ result: 7, interrupted: true })
})

it('a signal that comes twice at once, as from timeout, does not keep what was begun from being put in order', async () => {
  const ending = await interruptible(async (signal) => {
    process.kill(process.pid, 'SIGHUP')
    while (!signal.aborted) await wait(1)
    process.kill(process.pid, 'SIGHUP')
    await wait(50)
    return 7
  })
  expect(ending).toEqual({ result: 7, interrupted: true })
  expect(process.listenerCount('SIGHUP')).toBe(0)
})
