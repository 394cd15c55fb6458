// Bytes that a job reads and then destroys: its input keeps the digest of what was read, whatever the way and whoever observes.
import { spawnSync } from 'node:child_process'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reflinkDisk } from '@roar/conformance'
import { expect, it } from 'vitest'
import { TestWorkspace, workspaces } from './workspace.ts'

const made = workspaces({ git: false })

const has = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0

/** Each changes, by its own means, the file that has its name. All begin with the same bytes. */
const ways: Readonly<Record<string, string>> = {
  sed: 'sed -i s/h/j/ sed',
  sort: 'sort -r -o sort sort',
  redirect: 'cat redirect > /dev/null; echo new > redirect',
  dd: 'dd if=dd of=dd conv=notrunc,ucase bs=4 count=1 2> /dev/null',
  cut: 'cat cut > /dev/null; truncate -s 2 cut',
  replaced: 'sed s/h/j/ replaced > t; mv t replaced',
  removed: 'cat removed > /dev/null; rm removed',
  linked: 'sed -i s/h/j/ linked',
  unlinked: 'cat unlinked > /dev/null; rm unlinked',
  appended: 'cat appended > /dev/null; echo new >> appended',
  awk: `cat awk > /dev/null; awk 'BEGIN { print "new" >> "awk" }'`,
  touched: 'cat touched > /dev/null; touch touched',
  ...(has('bash') && { bash: `bash -c 'cat bash > /dev/null; echo new >> bash'` }),
  ...(has('bash') && { both: `bash -c 'exec 6<> both; read -r -u 6 line; echo "$line" >&6'` }),
  ...(has('perl') && { perl: 'perl -pi -e s/h/j/ perl' }),
  ...(has('perl') && { shorter: `perl -e 'open F, "shorter"; <F>; close F; truncate "shorter", 2'` }),
  ...(has('perl') && { inplace: `perl -e 'open F, "+<", "inplace"; <F>; seek F, 0, 0; print F "J"; close F'` }),
  ...(has('python3') && {
    python: `python3 -c 'f = open("python", "r+b"); f.read(); f.seek(0); f.write(b"J"); f.close()'`,
    mapped: `python3 -c 'import mmap; f = open("mapped", "r+b"); m = mmap.mmap(f.fileno(), 0); m[:]; m[0:1] = b"J"; m.close()'`,
  }),
}

const text = 'hello\nworld\n'.repeat(10)

function workspace(): TestWorkspace {
  const w = made()
  for (const name of [...Object.keys(ways), 'same']) w.write(name, text)
  // Nothing in a run tells that another name keeps these bytes.
  w.shell('mkdir other; ln linked unlinked other')
  return w
}

it.each(['preload', 'ptrace', 'hybrid'])('what was read is known under %s', (tracer) => {
  const w = workspace()
  w.must('run', '--tracer', tracer, 'sh', '-c', `${Object.values(ways).join('\n')}\ncat same > /dev/null`)
  const inputs = new Map(w.job('@1').inputs.map((one) => [String(one.path), one]))
  const digest = inputs.get('same')?.digests.blake3
  expect(digest).toMatch(/^[0-9a-f]{64}$/)
  const kept = Object.keys(ways).map((name) => [
    name,
    inputs.get(name)?.reason ?? null,
    inputs.get(name)?.digests.blake3,
  ])
  expect(kept).toEqual(Object.keys(ways).map((name) => [name, null, digest]))
})

it.skipIf(!has('sqlite3') && !has('python3'))(
  'a database that is changed in place keeps what it was (needs sqlite3 or Python)',
  () => {
    const w = workspace()
    const file = join(w.root, 'db')
    const query = (sql: string) =>
      `python3 -c 'import sqlite3; c = sqlite3.connect("db"); print(c.execute("${sql}").fetchall()); c.commit()'`
    spawnSync('sh', ['-c', query('create table t (x)')], { cwd: w.root })
    const before = w.must('hash', 'db').out.split(/\s/)[0]
    for (const tracer of ['preload', 'ptrace', 'hybrid']) {
      const said = w.must('hash', 'db').out.split(/\s/)[0]
      w.must('run', '--tracer', tracer, 'sh', '-c', `${query('select * from t')}\n${query('insert into t values (1)')}`)
      const input = w.job('@1').inputs.find((one) => String(one.path) === 'db')
      expect([tracer, input?.reason, said?.includes(input?.digests.blake3?.slice(0, 12) ?? '-')]).toEqual([
        tracer,
        null,
        true,
      ])
    }
    expect(w.must('hash', 'db').out.split(/\s/)[0]).not.toBe(before)
    expect(file).toContain(w.root)
  },
)

it('nobody waits for more than was allowed, and the edge says so', () => {
  const w = workspace()
  w.must('config', 'set', 'hold.size', '100')
  w.must('run', '--tracer', 'hybrid', 'sh', '-c', 'cat same > /dev/null; echo new > same')
  expect(w.job('@1').inputs.find((one) => String(one.path) === 'same')).toMatchObject({
    digests: {},
    reason: 'too-large-to-hold',
  })
  w.must('config', 'set', 'hold.size', '1TiB')
  w.must('config', 'set', 'hold.time', '0ms')
  // Whoever is slow between the two commands may find the digest taken: of a gigabyte it is not.
  truncateSync(join(w.root, 'same'), 2 ** 30)
  w.must('run', '--tracer', 'hybrid', 'sh', '-c', 'head -c 99 same > /dev/null; echo new > same')
  expect(w.job('@2').inputs.find((one) => String(one.path) === 'same')).toMatchObject({
    digests: {},
    reason: 'held-too-long',
  })
})

it('where the file system shares bytes nobody waits for a hash, whatever the size', (context) => {
  const disk = reflinkDisk()
  if (typeof disk === 'string') return context.skip(disk)
  const usual = process.env.TMPDIR
  try {
    process.env.TMPDIR = disk.directory
    const w = new TestWorkspace({ git: false })
    w.must('config', 'set', 'hold.time', '0ms')
    for (const [size, name, step] of [
      ['1TiB', 'slow', '@1'],
      ['1MiB', 'large', '@2'],
    ] as const) {
      w.must('config', 'set', 'hold.size', size)
      writeFileSync(join(w.root, name), Buffer.alloc(32 << 20, name))
      const digest = w.must('hash', name).out.split(/\s/)[0]
      w.must('run', '--tracer', 'hybrid', 'sh', '-c', `cat ${name} > /dev/null; echo new > ${name}`)
      const input = w.job(step).inputs.find((one) => String(one.path) === name)
      expect([name, input?.reason, input?.digests.blake3?.slice(0, 12)]).toEqual([name, null, digest?.slice(0, 12)])
    }
  } finally {
    if (usual === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = usual
    disk.close()
  }
})
