// The library for macOS, as far as it can be judged where no Mac is: it compiles and links for both machines against Apple's headers, and holds what dyld looks for.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { cpuTypes } from '../src/macho.ts'
import { readMachoFile } from './macho-file.ts'

const native = fileURLToPath(new URL('../native', import.meta.url))
const hooks = join(native, 'darwin/hooks')
const place = realpathSync(mkdtempSync(join(tmpdir(), 'roar-darwin-')))
afterAll(() => rmSync(place, { recursive: true }))

/** A compiler that brings Apple's headers: zig, or the package of that name for Python (pip install ziglang). */
const compilers = [process.env.ZIG, 'zig', 'python3 -m ziglang'].filter((one): one is string => !!one)
const runs = (words: string): boolean =>
  spawnSync(words.split(' ')[0] as string, [...words.split(' ').slice(1), 'version']).status === 0
const zig = process.platform === 'darwin' ? 'cc' : compilers.find(runs)
const missing = 'no zig is here: pip install ziglang'

const twice = (names: string): string[] => names.split(' ').flatMap((name) => [`_${name}`, `_${name}$NOCANCEL`])
const once = (names: string): string[] => names.split(' ').map((name) => `_${name}`)
/** What is replaced: the calls of the kernel's library, by which libc's own reading and writing comes too. */
const hooked = [
  ...twice('open openat close fcntl read pread readv write pwrite writev'),
  ...once('creat dup dup2 mmap truncate ftruncate sendfile'),
  ...once('rename renameat renamex_np renameatx_np unlink unlinkat rmdir link linkat symlink symlinkat mkdir mkdirat'),
  ...once('clonefile clonefileat fclonefileat copyfile fcopyfile'),
  ...once('fork vfork execve posix_spawn posix_spawnp _exit'),
]

describe('the library for macOS', () => {
  for (const cpu of ['arm64', 'x64'])
    it(`is made for ${cpu}, needs libSystem alone, and names each function that it replaces`, ({ skip }) => {
      if (!zig) return skip(missing)
      const library = join(place, `darwin-${cpu}`, 'libroar-preload.dylib')
      const made = spawnSync('make', ['-C', native, `ZIG=${zig}`, `BUILD=${place}`, library], { encoding: 'utf8' })
      expect(made.stderr).not.toContain('warning:')
      expect(made.status, made.stderr).toBe(0)
      const file = readMachoFile(readFileSync(library))
      const dynamicLibrary = 6
      const interposing = 13
      expect({ cpu: file.cpu, type: file.type }).toEqual({ cpu: cpuTypes[cpu], type: dynamicLibrary })
      expect(file.libraries).toEqual(['/usr/lib/libSystem.B.dylib'])
      const table = file.sections.get('__DATA,__interpose')
      expect(table).toEqual({ size: 16 * hooked.length, type: interposing })
      expect(hooked.filter((name) => !file.wanted.includes(name))).toEqual([])
      expect(file.exported.filter((name) => !/^__mh_|^___dso_handle/.test(name))).toEqual([])
    })

  it('replaces no function twice, and none that this test does not know', () => {
    const texts = readdirSync(hooks).map((name) => readFileSync(join(hooks, name), 'utf8'))
    const replaced = texts.flatMap((text) =>
      [...text.matchAll(/^[A-Z]+\(our_\w+, (\w+)[,)]/gm)].map(([, name]) => name),
    )
    const symbol = (name: string) => `_${name.replace(/_nocancel$/, '$NOCANCEL')}`
    expect(replaced.map((name) => symbol(name as string)).sort()).toEqual([...hooked].sort())
  })
})
