import { describe, expect, it } from 'vitest'
import { descriptorOf, readCalls, stringOf } from './strace-line.ts'

const calls = (...lines: string[]) => [...readCalls(lines.join('\n'))]

describe('an strace log', () => {
  it('gives calls with their arguments as printed', () => {
    const [call] = calls(
      String.raw`12 openat(AT_FDCWD</tmp/a, b>, "x\"y,)\x0a", O_RDWR|O_CREAT, 0644) = 3</tmp/a, b/x>`,
    )
    expect(call).toMatchObject({ tid: 12, name: 'openat', ok: true, result: '3</tmp/a, b/x>' })
    expect(call?.args).toHaveLength(4)
    expect(stringOf(call?.args[1])).toBe('x"y,)\n')
  })
  it('joins a call that another thread interrupted', () => {
    const joined = calls(
      '12 read(3</a>,  <unfinished ...>',
      '13 close(4</b>) = 0',
      '12 <... read resumed>"h"..., 10) = 5',
    )
    expect(joined.map(({ tid, name, result }) => [tid, name, result])).toEqual([
      [13, 'close', '0'],
      [12, 'read', '5'],
    ])
    expect(joined[1]?.args).toEqual(['3</a>', '"h"...', '10'])
  })
  it('marks what failed and what never returned', () => {
    expect(calls('1 unlink("m") = -1 ENOENT (No such file)', '1 exit_group(0) = ?').map(({ ok }) => ok)).toEqual([
      false,
      false,
    ])
  })
  it('tells a deleted file from one that is only called so', () => {
    expect(descriptorOf('3</tmp/n>(deleted)')).toEqual({ path: '/tmp/n', deleted: true })
    expect(descriptorOf(String.raw`3</tmp/x\x20(deleted)>`)).toEqual({ path: '/tmp/x (deleted)', deleted: false })
  })
})
