// What is kept of a composite's last forming never decides what it is: every answer is held against one that nothing was kept for.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TestWorkspace } from './workspace.ts'

const w = new TestWorkspace({ git: false })
afterAll(() => w.remove())
const at = (...parts: string[]) => join(w.root, 'a.zarr', ...parts)
const hashed = (env: NodeJS.ProcessEnv, ...options: string[]) => {
  const said = w.execute(join(import.meta.dirname, '../bin/roar'), ['hash', 'a.zarr', '--json', ...options], { env })
  expect(said.code, said.err).toBe(0)
  const [{ digests, members, size, incomplete }] = JSON.parse(said.out).files
  return { digests, members, size, incomplete }
}
let anew = 0
/** By whatever is kept, and by a cache that is empty. */
function same(...options: string[]) {
  const kept = hashed({}, ...options)
  expect(kept).toEqual(hashed({ XDG_CACHE_HOME: join(w.place, `anew-${++anew}`) }, ...options))
  return kept
}
const settle = () => new Promise((resolve) => setTimeout(resolve, 2200))
const cache = join(w.place, 'home/.cache/roar/composites')
const keeps = (ending: string) => existsSync(cache) && readdirSync(cache).some((name) => name.endsWith(ending))
const TMPFS = 0x01021994
const onMemory = statfsSync(tmpdir()).type === TMPFS

describe.skipIf(onMemory)(
  `a composite of many members${onMemory ? ' (skipped: on a memory file system nothing is kept)' : ''}`,
  () => {
    beforeAll(async () => {
      for (let i = 0; i < 600; i++) {
        mkdirSync(at('c', String(i % 7)), { recursive: true })
        writeFileSync(at('c', String(i % 7), String(i)), `chunk ${i}\n`)
      }
      mkdirSync(at('c/empty'))
      writeFileSync(at('zarr.json'), '{"zarr_format":3,"node_type":"array"}')
      await settle()
      hashed({})
    })

    it('is kept as a tree, and is the same when nothing changed', () => {
      expect(keeps('.tree')).toBe(true)
      expect(same().members).toBe(601)
      expect(keeps('.since')).toBe(false)
    })

    it('a member changed in place, which no trace told of, is seen', () => {
      const before = same()
      writeFileSync(at('c/1/1'), 'CHUNK 1\n')
      const after = same()
      expect([after.size, after.digests.blake3 === before.digests.blake3]).toEqual([before.size, false])
      expect(keeps('.since')).toBe(true)
    })

    it('a member changed in place whose modification time was put back is seen', () => {
      const before = same()
      writeFileSync(at('c/2/2'), 'CHUNK 2\n')
      utimesSync(at('c/2/2'), 1_000_000_000, 1_000_000_000)
      expect(same().digests.blake3).not.toBe(before.digests.blake3)
    })

    it('a member that was renamed into place is seen', () => {
      const before = same()
      writeFileSync(at('c/3/t'), 'renamed')
      renameSync(at('c/3/t'), at('c/3/3'))
      expect(same().digests.blake3).not.toBe(before.digests.blake3)
    })

    it('members that came, went, moved or became links are seen', () => {
      writeFileSync(at('c/empty/first'), 'new')
      expect(same().members).toBe(602)
      rmSync(at('c/4/4'))
      expect(same().members).toBe(601)
      renameSync(at('c/5/5'), at('c/6/5'))
      expect(same().members).toBe(601)
      rmSync(at('c/6/6'))
      symlinkSync('5', at('c/6/6'))
      expect(same().members).toBe(601)
      renameSync(at('c/0'), at('c/zero'))
      expect(same().members).toBe(601)
    })

    it('a setting that leaves members out is obeyed', () => {
      writeFileSync(join(w.root, '.roar/config.toml'), '[filter]\nignore = ["a.zarr/c/1/**"]\n')
      expect(same().members).toBeLessThan(601)
      writeFileSync(join(w.root, '.roar/config.toml'), '')
      expect(same().members).toBe(601)
    })

    it('another digest is computed when it is asked for', () => {
      const both = same('--algorithm', 'blake3,sha256')
      expect(Object.keys(both.digests)).toContain('composite-sha256')
      writeFileSync(at('c/1/8'), 'by both')
      expect(same('--algorithm', 'blake3,sha256').digests).not.toEqual(both.digests)
    })

    it('a job that reads a member and overwrites another records both states', async () => {
      await settle()
      same()
      const before = same()
      w.must('run', '-q', 'sh', '-c', 'cat a.zarr/zarr.json a.zarr/c/1/15 > /dev/null; echo over > a.zarr/c/1/22')
      const job = w.job('@1')
      expect(job.inputs).toMatchObject([{ path: 'a.zarr', members: 601, reason: 'overwritten-before-hash' }])
      const [output] = job.outputs
      expect(output).toMatchObject({ path: 'a.zarr', members: 601, part: { paths: ['c/1/22'] } })
      expect(output?.digests).toEqual(same().digests)
      w.must('run', '-q', 'sh', '-c', 'cat a.zarr/c/1/15 > /dev/null')
      expect(w.job('@2').inputs).toMatchObject([
        { digests: same().digests, producer: '@1', part: { paths: ['c/1/15'] } },
      ])
      expect(before.digests).not.toEqual(same().digests)
    })

    it('a job that reads a member and puts another file in its place records both states', async () => {
      await settle()
      const before = same()
      w.must('run', '-q', 'sh', '-c', 'cat a.zarr/c/1/29 > /dev/null; echo new > t; mv t a.zarr/c/1/29')
      const [input, ...others] = w.job('@3').inputs
      expect(others).toEqual([])
      expect(input).toMatchObject({ digests: before.digests, members: 601, part: { paths: ['c/1/29'] } })
      expect(w.job('@3').outputs).toMatchObject([{ path: 'a.zarr', digests: same().digests, members: 601 }])
    })

    it('a proof made of what is kept holds', () => {
      w.must('hash', '--prove', 'a.zarr/c/1/22', '--output', 'p')
      const said = JSON.parse(w.must('verify', '--proof', 'p', 'a.zarr/c/1/22', '--json').out)
      expect(said).toMatchObject({ sound: true, content: true, root: same().digests.blake3 })
    })
  },
)
