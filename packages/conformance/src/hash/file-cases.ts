/** What holds for every hash that reads whole files by itself. */
import { deepStrictEqual, notStrictEqual, strictEqual } from 'node:assert'
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { type BytePath, type FileHasher, toBuffer } from '@roar/core'
import type { TestContext } from '../tracer/suite.ts'
import { hex, lengths, type Oracle, patterned } from './samples.ts'

/** A directory of one suite's own, whose cases do not share names. */
export interface FilePlace {
  at(name: string): BytePath
  write(name: string, bytes: Uint8Array): BytePath
}

export interface FileCase {
  /** A sentence that could stand in the manual. */
  readonly is: string
  check(files: FileHasher, place: FilePlace, oracle: Oracle, context: TestContext): Promise<void>
}

export const fileCases: readonly FileCase[] = [
  {
    is: 'agrees with the oracle, in the order of the request',
    check: async (files, place, oracle) => {
      const results = await files.hashFiles(lengths.map((length) => place.write(`of-${length}`, patterned(length))))
      deepStrictEqual(
        results.map(({ digest }) => hex(digest)),
        lengths.map((length) => hex(oracle(patterned(length)))),
      )
    },
  },
  {
    is: 'gives the state of the file before and after reading',
    check: async (files, place) => {
      const [result] = await files.hashFiles([place.write('state', patterned(300))])
      strictEqual(result?.before?.size, 300n)
      deepStrictEqual(result?.after, result?.before)
    },
  },
  {
    is: 'names what it cannot hash, waits for no pipe, follows no link, and goes on',
    check: async (files, { at, write }, oracle) => {
      write('file', patterned(1))
      symlinkSync('good', toBuffer(at('link')))
      execFileSync('mkfifo', [toBuffer(at('fifo')).toString()])
      mkdirSync(toBuffer(at('directory')))
      const wrong = ['missing', 'link', 'fifo', 'directory', 'file/below-a-file', 'n'.repeat(300)].map(at)
      const results = await files.hashFiles([...wrong, 'with\0nul' as BytePath, write('good', patterned(5))])
      deepStrictEqual(
        results.map(({ error }) => error),
        ['ENOENT', 'ELOOP', 'NOT_REGULAR', 'EISDIR', 'ENOTDIR', 'ENAMETOOLONG', 'ENOENT', null],
      )
      strictEqual(hex(results.at(-1)?.digest), hex(oracle(patterned(5))))
    },
  },
  {
    is: 'says that a file may not be read',
    check: async (files, place, _, context) => {
      if (process.getuid?.() === 0) return context.skip('root may read everything')
      const path = place.write('secret', patterned(1))
      chmodSync(toBuffer(path), 0)
      const [result] = await files.hashFiles([path])
      deepStrictEqual([result?.error, result?.digest], ['EACCES', null])
    },
  },
  {
    is: 'hashes names of any bytes',
    check: async (files, { at }, oracle) => {
      const names = ['\xff\xfe', 'line\nbreak', ' ', '\x01\x7f', 'Ã¤'].map((one) => `${at('')}/${one}` as BytePath)
      for (const path of names) writeFileSync(toBuffer(path), path, 'latin1')
      const results = await files.hashFiles(names)
      deepStrictEqual(
        results.map(({ digest }) => hex(digest)),
        names.map((path) => hex(oracle(toBuffer(path)))),
      )
    },
  },
  {
    is: 'reads the zeros of a sparse file',
    check: async (files, place, oracle) => {
      const path = place.write('sparse', patterned(10))
      truncateSync(toBuffer(path), 9 << 20)
      const bytes = new Uint8Array(9 << 20)
      bytes.set(patterned(10))
      strictEqual(hex((await files.hashFiles([path]))[0]?.digest), hex(oracle(bytes)))
    },
  },
  {
    is: 'stops when it is told to, and counts what it read',
    check: async (files, place) => {
      const path = place.write('some', patterned(100_000))
      const [stopped] = await files.hashFiles([path], { signal: AbortSignal.abort() })
      deepStrictEqual([stopped?.error, stopped?.digest], ['ABORTED', null])
      let bytes = 0
      await files.hashFiles([path], { onProgress: (more) => (bytes += more) })
      strictEqual(bytes, 100_000)
    },
  },
  {
    is: 'gives the same with one thread and in the background',
    check: async (files, place) => {
      const path = place.write('same', patterned(9 << 20))
      const [usual] = await files.hashFiles([path])
      const [other] = await files.hashFiles([path], { threads: 1, background: true })
      notStrictEqual(usual?.digest, null)
      deepStrictEqual(hex(other?.digest), hex(usual?.digest))
    },
  },
]
