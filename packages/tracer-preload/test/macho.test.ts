// Which programs of macOS take an inserted library: the recorder's answer and the library's own, about the same files.
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cpuTypes, judgeMacho, type MachoVerdict } from '../src/macho.ts'

const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-macho-')))
afterAll(() => rmSync(place, { recursive: true }))

const words = (...numbers: number[]): Buffer => {
  const bytes = Buffer.alloc(numbers.length * 4)
  for (const [i, number] of numbers.entries()) bytes.writeUInt32LE(number, i * 4)
  return bytes
}
const swapped = (...numbers: number[]): Buffer => words(...numbers).swap32()

const arm64 = cpuTypes.arm64 as number
const x64 = cpuTypes.x64 as number

/** As codesign(1) lays it out: a directory of code with its flags, and entitlements as a property list. */
function signature(flags: number, allowed: readonly string[]): Buffer {
  const directory = swapped(0xfade0c02, 44, 0x20400, flags, 0, 0, 0, 0, 0, 0, 0)
  const list = allowed.map((name) => `<key>com.apple.security.cs.${name}</key>\n\t<true/>`).join('\n')
  const text = Buffer.from(`<plist><dict>${list}</dict></plist>`)
  const entitlements = Buffer.concat([swapped(0xfade7171, 8 + text.length), text])
  const index = swapped(0xfade0cc0, 28 + directory.length + entitlements.length, 2, 0, 28, 5, 28 + directory.length)
  return Buffer.concat([index, directory, entitlements])
}

interface Program {
  readonly cpu?: number
  readonly flags?: number
  readonly allowed?: readonly string[]
  readonly segment?: string
}

/** A segment, and a signature behind the commands. */
function program({ cpu = arm64, flags = 0, allowed = [], segment = '__TEXT' }: Program): Buffer {
  const name = Buffer.alloc(16)
  name.write(segment)
  const commands = Buffer.concat([words(0x19, 72), name, Buffer.alloc(48), words(0x1d, 16, 32 + 72 + 16, 4096)])
  return Buffer.concat([words(0xfeedfacf, cpu, 0, 2, 2, commands.length, 0, 0), commands, signature(flags, allowed)])
}

function fat(...slices: readonly [number, Buffer][]): Buffer {
  let at = 4096
  const entries = slices.map(([cpu, bytes]) => {
    const entry = swapped(cpu, 0, at, bytes.length, 12)
    at += 4096
    return entry
  })
  const padded = slices.map(([, bytes]) => Buffer.concat([bytes, Buffer.alloc(4096 - bytes.length)]))
  const head = Buffer.concat([swapped(0xcafebabe, slices.length), ...entries])
  return Buffer.concat([head, Buffer.alloc(4096 - head.length), ...padded])
}

const both = ['allow-dyld-environment-variables', 'disable-library-validation']
const cases: readonly [string, Buffer, MachoVerdict][] = [
  ['a shell script', Buffer.from('#!/bin/sh\n'), 'none'],
  ['an empty file', Buffer.alloc(0), 'none'],
  ['a program that the linker has signed', program({ flags: 0x20002 }), 'entered'],
  ['a program of the other machine', program({ cpu: x64 }), 'foreign'],
  ['a hardened program', program({ flags: 0x10000 }), 'protected'],
  [
    'a hardened program that allows variables alone',
    program({ flags: 0x10000, allowed: both.slice(0, 1) }),
    'protected',
  ],
  ['a hardened program that allows both', program({ flags: 0x10000, allowed: both }), 'entered'],
  ['a program that takes no library of others', program({ flags: 0x2000 }), 'protected'],
  ['a restricted program that allows both', program({ flags: 0x800, allowed: both }), 'protected'],
  ['a program with a restrict segment', program({ segment: '__RESTRICT' }), 'protected'],
  [
    'a program for both machines, hardened on the other',
    fat([x64, program({ cpu: x64, flags: 0x10000 })], [arm64, program({})]),
    'entered',
  ],
  [
    'a program for both machines, hardened on this one',
    fat([x64, program({ cpu: x64 })], [arm64, program({ flags: 0x10000 })]),
    'protected',
  ],
  ['a program for two other machines', fat([x64, program({ cpu: x64 })], [7, program({ cpu: 7 })]), 'foreign'],
  ['a program that ends in its header', program({}).subarray(0, 20), 'foreign'],
]

const judge = `#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
int macho_inspect(int fd, uint32_t cpu);
int main(int count, char **names) {
  static const char *const verdicts[] = {"entered", "none", "foreign", "protected"};
  for (int i = 1; i < count; i++) puts(verdicts[macho_inspect(open(names[i], O_RDONLY), ${arm64})]);
}
`

const file = (index: number): string => join(place, `program${index}`)
beforeAll(() => {
  for (const [index, [, bytes]] of cases.entries()) writeFileSync(file(index), bytes)
})

describe('a program of macOS', () => {
  it.each(cases.map(([name, , verdict], index) => [name, verdict, index] as const))('%s is %s', (_, verdict, index) => {
    const fd = openSync(file(index), 'r')
    expect(judgeMacho(fd, arm64)).toBe(verdict)
    closeSync(fd)
  })

  it('is judged by the library as by the recorder', ({ skip }) => {
    if (spawnSync('cc', ['--version']).status !== 0) return skip('no C compiler is here')
    writeFileSync(join(place, 'judge.c'), judge)
    const source = fileURLToPath(new URL('../native/darwin/macho.c', import.meta.url))
    const made = spawnSync('cc', ['-o', join(place, 'judge'), join(place, 'judge.c'), source], { encoding: 'utf8' })
    expect(made.stderr).toBe('')
    const { stdout } = spawnSync(
      join(place, 'judge'),
      cases.map((_, index) => file(index)),
      { encoding: 'utf8' },
    )
    expect(stdout.trim().split('\n')).toEqual(cases.map(([, , verdict]) => verdict))
  })
})
