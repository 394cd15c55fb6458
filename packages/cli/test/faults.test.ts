// Nothing is lost: killed recorders, full disks, many at once, hostile contents. The earlier record stays whole, the command is never harmed.
import { spawn, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { roarBin, type TestWorkspace, workspaces } from './workspace.ts'

const workspace = workspaces({ git: false })

const isRoot = process.getuid?.() === 0
const asRoot = isRoot ? '' : ' (needs root)'
const jobs = (w: TestWorkspace): { readonly status: string; readonly uid: string }[] =>
  JSON.parse(w.must('log', '--all', '--json').out).jobs
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const whole = (w: TestWorkspace): void => {
  const doctor = JSON.parse(w.roar('doctor', '--json').out)
  expect(
    doctor.checks.filter((check: { name: string; ok: boolean }) => check.name === 'database' && !check.ok),
  ).toEqual([])
}

it('twenty runs at once are twenty records', async () => {
  const w = workspace()
  const one = (n: number) =>
    new Promise<number | null>((resolve) =>
      spawn(roarBin, ['run', '-q', 'sh', '-c', `echo ${n} > out${n}`], { cwd: w.root, env: w.env, stdio: 'ignore' }).on(
        'exit',
        resolve,
      ),
    )
  const codes = await Promise.all(Array.from({ length: 20 }, (_, n) => one(n)))
  expect(codes).toEqual(new Array(20).fill(0))
  expect(jobs(w).filter((job) => job.status === 'completed')).toHaveLength(20)
  whole(w)
})

it.each(['SIGINT', 'SIGTERM'] as const)(
  '%s while hashing ends the hashing, and the job is recorded',
  async (signal) => {
    const w = workspace()
    const child = spawn(roarBin, ['run', 'sh', '-c', 'truncate -s 200G big; cat /dev/null; : > done'], {
      cwd: w.root,
      env: w.env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    let err = ''
    child.stderr?.on('data', (text) => {
      err += text
    })
    const ended = new Promise<number | null>((resolve) => child.on('exit', resolve))
    for (let i = 0; i < 1500 && !existsSync(join(w.root, 'done')); i++) await sleep(20)
    await sleep(150)
    child.kill(signal)
    expect(await ended).toBe(0)
    expect(err).toMatch(/recorded|@1/)
    expect(w.job('@1')).toMatchObject({ status: 'completed', exit_code: 0 })
  },
)

it(`a full disk refuses the record with the remedy, and keeps the child’s status${asRoot}`, ({ skip }) => {
  if (!isRoot) skip('needs root')
  const w = workspace()
  w.must('run', 'true')
  const small = join(w.place, 'small')
  mkdirSync(small)
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]).status !== 0)
    skip('no tmpfs can be mounted here')
  try {
    const run = (...words: string[]) => w.execute(roarBin, words, { cwd: small })
    expect(run('init', '-q').code).toBe(0)
    expect(run('run', '-q', 'true').code).toBe(0)
    const said = run('run', 'sh', '-c', 'head -c 2000000 /dev/zero > fill 2>/dev/null; exit 6')
    expect(said.code).toBe(6)
    spawnSync('rm', ['-f', join(small, 'fill')])
    expect(run('run', '-q', 'true').code).toBe(0)
    const log = JSON.parse(run('log', '--all', '--json').out).jobs as { status: string }[]
    expect(log.length).toBeGreaterThanOrEqual(2)
    expect(log.every((job) => job.status !== 'running')).toBe(true)
  } finally {
    spawnSync('umount', [small])
  }
})

it(`a workspace that may not be written is refused before anything starts${asRoot}`, ({ skip }) => {
  if (!isRoot) skip('needs root: the test becomes a plain user')
  const w = workspace()
  w.must('run', 'true')
  chmodSync(w.place, 0o755)
  chmodSync(join(w.place, 'home'), 0o755)
  for (const name of ['.roar', '.roar/roar.db', '.roar/config.toml'])
    chmodSync(join(w.root, name), name === '.roar' ? 0o555 : 0o444)
  const said = w.execute(
    'setpriv',
    ['--reuid=65534', '--regid=65534', '--clear-groups', roarBin, 'run', 'touch', join(w.root, 'never')],
    { env: { HOME: '/nonexistent' } },
  )
  expect(said.code).toBe(125)
  expect(said.err).toMatch(/ROAR_(STORE_READONLY|CONFIG_UNREADABLE|INTERNAL)/)
  expect(existsSync(join(w.root, 'never'))).toBe(false)
})

it('a damaged or newer database is refused with the remedy, and not changed', () => {
  const w = workspace()
  w.must('run', 'true')
  const path = join(w.root, '.roar/roar.db')
  const good = readFileSync(path)
  const newer = Buffer.from(good)
  // The user version of SQLite's header (https://sqlite.org/fileformat2.html, 1.3).
  newer.writeUInt32BE(999, 60)
  const cases = [
    [Buffer.from('no database at all, '.repeat(300)), 'ROAR_STORE_CORRUPT'],
    [newer, 'ROAR_STORE_NEWER'],
  ] as const
  for (const [bytes, code] of cases) {
    for (const suffix of ['-wal', '-shm']) spawnSync('rm', ['-f', path + suffix])
    writeFileSync(path, bytes)
    for (const command of [['run', 'true'], ['log'], ['status']])
      expect(w.roar(...command).err, command.join(' ')).toContain(code)
    expect(readFileSync(path).equals(bytes)).toBe(true)
  }
})

it('a database that was emptied is not taken for a new one, with a log beside it or without', () => {
  const w = workspace()
  w.must('run', 'true')
  const path = join(w.root, '.roar/roar.db')
  const parts = ['', '-wal', '-shm'].map((suffix) => path + suffix)
  writeFileSync(path, '')
  for (const names of [parts, [path]]) {
    for (const part of parts) if (!names.includes(part)) spawnSync('rm', ['-f', part])
    for (const command of [['run', 'touch', 'never'], ['log'], ['status'], ['init']])
      expect(w.roar(...command).err, command.join(' ')).toMatch(/ is empty, .*\[ROAR_STORE_CORRUPT\]/)
    expect(statSync(path).size).toBe(0)
  }
  expect(existsSync(join(w.root, 'never'))).toBe(false)
  spawnSync('mv', [path, `${path}.lost`])
  w.must('init')
  w.must('run', 'true')
})

it('garbage in the settings or in the lock is an error with its place, and nothing is started', () => {
  const w = workspace()
  appendFileSync(join(w.root, '.roar/config.toml'), '\n[hash\nprimary = \u0000')
  expect(w.roar('run', 'touch', 'never')).toMatchObject({
    code: 125,
    err: expect.stringContaining('ROAR_CONFIG_SYNTAX'),
  })
  const other = workspace()
  writeFileSync(join(other.root, '.roar/config.toml'), 'plugins = ["./gone"]\n')
  writeFileSync(join(other.root, '.roar/plugins.lock'), '{{{')
  expect(other.roar('run', 'touch', 'never').code).toBe(125)
  expect([w, other].some((one) => existsSync(join(one.root, 'never')))).toBe(false)
})

it.each(['roar.db', 'config.toml'])(
  'a pipe, a folder or a device in the place of %s is refused, not waited for',
  (name) => {
    const w = workspace()
    const place = join(w.root, '.roar', name)
    for (const make of [['mkfifo'], ['mkdir'], ['ln', '-s', '/dev/zero']]) {
      spawnSync('rm', ['-rf', place])
      w.command(make[0] as string, ...make.slice(1), place)
      for (const command of [['log'], ['status'], ['run', 'touch', 'never']]) {
        const said = w.command('timeout', '-s', 'KILL', '20', roarBin, ...command)
        expect(said.err, `${make} ${command}`).toMatch(/ROAR_(STORE_CORRUPT|CONFIG_UNREADABLE)/)
      }
    }
    expect(existsSync(join(w.root, 'never'))).toBe(false)
  },
)

it('settings that are linked to /dev/null are none; those of gigabytes are refused', () => {
  const w = workspace()
  const place = join(w.root, '.roar/config.toml')
  spawnSync('ln', ['-sf', '/dev/null', place])
  w.must('run', '-q', 'true')
  spawnSync('rm', [place])
  w.command('truncate', '-s', '3G', place)
  expect(w.roar('run', 'touch', 'never')).toMatchObject({
    code: 125,
    err: expect.stringContaining('ROAR_CONFIG_UNREADABLE'),
  })
})

it(`where memory takes no more directories the log lies elsewhere${asRoot}`, ({ skip }) => {
  if (!isRoot) skip('needs root')
  const w = workspace()
  // Two inodes: the file system's own, our directory's, and none for a run.
  const mounts = 'mount -t tmpfs -o nr_inodes=2 tmpfs /dev/shm && exec "$roar" run -q sh -c "echo x > out"'
  const said = w.execute('unshare', ['-m', 'sh', '-c', mounts], { env: { roar: roarBin } })
  expect(said).toMatchObject({ code: 0, err: '' })
  expect(w.job('@1').outputs.map((edge) => edge.path)).toEqual(['out'])
})

it('a cache that is no directory is done without', () => {
  const w = workspace()
  w.env.XDG_CACHE_HOME = '/dev/null'
  expect(w.roar('run', '-q', 'sh', '-c', 'echo x > out')).toMatchObject({ code: 0, err: '' })
  expect(w.job('@1')).toMatchObject({ status: 'completed' })
})

it('a large empty file, a long path and a name with every byte are recorded', () => {
  const w = workspace()
  const deep = Array.from({ length: 18 }, () => 'd'.repeat(200)).join('/')
  const script = `truncate -s 5G sparse; mkdir -p ${deep} && echo x > ${deep}/file; printf y > "$(printf 'a\\001\\377 b')"`
  expect(w.shell(`"$roar" run bash -c '${script.replaceAll("'", `'\\''`)}'`).code).toBe(0)
  const { outputs } = w.job('@1')
  expect(outputs.map((edge) => edge.reason)).toEqual([null, null, null])
  expect(outputs.find((edge) => edge.path === 'sparse')?.size).toBe(5 * 2 ** 30)
  expect(outputs.some((edge) => edge.path === `${deep}/file`)).toBe(true)
})

it('a program that starts ten thousand children is recorded whole', () => {
  const w = workspace()
  const program =
    'import os\nfor i in range(10000):\n    p = os.fork()\n    if p == 0:\n        os._exit(0)\n    os.waitpid(p, 0)\nopen("done", "w").write("x")\n'
  w.write('forks.py', program)
  expect(w.roar('run', '-q', 'python3', 'forks.py').code).toBe(0)
  const job = w.job('@1')
  expect(job).toMatchObject({ status: 'completed', tracer: { lost: 0 } })
  expect(job.outputs.map((edge) => edge.path)).toEqual(['done'])
}, 120_000)

it('a traced program that scribbles over the log loses facts, and nothing else', () => {
  const w = workspace()
  const program = `import os, re
for line in open('/proc/self/maps'):
    m = re.match(r'([0-9a-f]+)-([0-9a-f]+) rw-s .*trace\\.log', line)
    if m:
        mem = os.open('/proc/self/mem', os.O_RDWR)
        os.lseek(mem, int(m[1], 16) + 4096 + 65536, 0)
        os.write(mem, os.urandom(8192))
open('out', 'w').write('x')
`
  w.write('hostile.py', program)
  expect(w.roar('run', '-q', 'python3', 'hostile.py').code).toBe(0)
  expect(w.job('@1').status).toBe('completed')
  expect(statSync(join(w.root, 'out')).size).toBe(1)
  whole(w)
})
