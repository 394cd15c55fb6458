// Looks at a real disk: what is there, what is not, and what must not be opened.
import { execFileSync } from 'node:child_process'
import { linkSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { type BytePath, fromBuffer, fromString } from '@roar/core'
import { expect, it } from 'vitest'
import { createFilePort } from './file-port.ts'

const folder = () => realpathSync(mkdtempSync(join(tmpdir(), 'roar-probe-')))
const port = createFilePort({ workspace: null })
const path = (...parts: string[]) => fromString(join(...parts))

it('the state is that of the name itself, in nanoseconds, with its links', () => {
  const at = folder()
  writeFileSync(join(at, 'a'), 'twelve bytes')
  linkSync(join(at, 'a'), join(at, 'b'))
  symlinkSync('a', join(at, 'l'))
  const a = port.state(path(at, 'a'))
  expect(a).toMatchObject({ size: 12n, links: 2, ino: port.state(path(at, 'b'))?.ino })
  expect((port.state(path(at, 'l'))?.mode ?? 0) & 0o170000).toBe(0o120000)
  expect(port.state(path(at, 'gone'))).toBeNull()
  expect(port.state(path(at, 'a/below'))).toBeNull()
  expect(port.state(path(at, 'x'.repeat(300)))).toBeNull()
})

it('names are bytes, sorted as bytes', () => {
  const at = folder()
  const odd = Buffer.concat([Buffer.from(`${at}/`), Buffer.of(0xff, 0x0a)])
  for (const name of ['b', 'B', 'ä', 'a']) writeFileSync(join(at, name), '')
  writeFileSync(odd, 'odd')
  expect(port.probe.list(path(at))).toEqual(['B', 'a', 'b', fromString('ä'), '\xff\n'])
  expect(port.probe.text(fromBuffer(odd))).toBe('odd')
  expect(port.probe.list(path(at, 'gone'))).toEqual([])
})

it('heads are cut to what is asked, never above 64 KiB; large texts are not read', () => {
  const at = folder()
  writeFileSync(join(at, 'big'), 'x'.repeat(2 * 1024 * 1024))
  expect(port.probe.head(path(at, 'big'), 4)).toEqual(Buffer.from('xxxx'))
  expect(port.probe.head(path(at, 'big'), 1e9)?.length).toBe(65536)
  expect(port.probe.head(path(at, 'big'), 4)?.length).toBe(4)
  expect(port.probe.text(path(at, 'big'))).toBeNull()
  expect(port.probe.text('/proc/self/status' as BytePath)).toContain('Pid:')
})

it('a pipe, a directory and a device are never opened', () => {
  const at = folder()
  execFileSync('mkfifo', [join(at, 'pipe')])
  for (const name of [path(at, 'pipe'), path(at), '/dev/zero' as BytePath]) expect(port.probe.head(name, 4)).toBeNull()
})

it('an answer is remembered', () => {
  const at = folder()
  writeFileSync(join(at, 'a'), '1')
  const looks = () => [port.probe.exists(path(at, 'a')), port.probe.text(path(at, 'a')), port.probe.list(path(at))]
  const before = looks()
  rmSync(join(at, 'a'))
  expect(looks()).toEqual(before)
})

it('the places that a probe names are without links', () => {
  const at = folder()
  mkdirSync(join(at, 'home'))
  symlinkSync('home', join(at, 'link'))
  const { probe } = createFilePort({ workspace: { rootPath: path(at) }, env: { HOME: join(at, 'link'), TMPDIR: at } })
  expect(probe).toMatchObject({ workspace: at, home: join(at, 'home') })
  expect(probe.temporary).toContain(at)
  expect(port.probe.home).toBe(realpathSync(homedir()))
})

it('whether stores through a mapping move the time is said as the kernel does it', ({ skip }) => {
  if (process.platform !== 'linux') return skip('the file systems are those of Linux')
  const store = 'import mmap,sys\nf=open(sys.argv[1],"r+b")\nm=mmap.mmap(f.fileno(),0)\nm[0]=65\nm.close()'
  for (const base of [process.cwd(), '/dev/shm']) {
    const at = mkdtempSync(join(base, '.roar-mapped-'))
    const file = join(at, 'file')
    writeFileSync(file, 'x'.repeat(4096))
    execFileSync('touch', ['-d', '2001-01-01', file])
    const before = port.state(fromString(file))?.mtimeNs
    execFileSync('python3', ['-c', store, file])
    const moved = port.state(fromString(file))?.mtimeNs !== before
    // Saying no where the time does move costs one look at the bytes; the opposite would lose an output.
    const said = port.timesMappedStores(fromString(file))
    rmSync(at, { recursive: true })
    expect(said && !moved, base).toBe(false)
    if (base === '/dev/shm') expect(said).toBe(false)
  }
})

it('directories that variables name as caches are there by their own names, others are not', () => {
  const at = folder()
  mkdirSync(join(at, 'c'))
  symlinkSync('c', join(at, 'l'))
  const env = { HOME: at, GOCACHE: join(at, 'l'), npm_config_cache: join(at, 'gone'), PIP_CACHE_DIR: 'c', DATA: at }
  expect([...(createFilePort({ workspace: null, env }).probe.caches ?? [])]).toEqual([['GOCACHE', path(at, 'c')]])
})
