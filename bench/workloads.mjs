// What is run under the tracer: each a program's real work. `reach`: the most that each tracer may cost.
import { spawnSync } from 'node:child_process'
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const preads = `#include <fcntl.h>
#include <unistd.h>
int main(int c, char **v) { int f = open(v[1], 0); char b[4096]; for (int i = 0; i < 1000000; i++) pread(f, b, 4096, (i % 1024) * 4096L); return c - 2; }
`

const pairs = preads
  .replace('open(v[1], 0)', 'open(v[1], 2)')
  .replace(/pread\((.*?)\); return/, 'pread($1), pwrite($1); return')

function tree(at) {
  for (let i = 0; i < 100; i++) {
    mkdirSync(join(at, `d${i}`), { recursive: true })
    for (let j = 0; j < 100; j++) writeFileSync(join(at, `d${i}`, `f${j}`), `${i} ${j}\n`)
  }
}

/** What PATH names may be a version manager's script, which starts forty programs before the interpreter. Both are measured then. */
function pythons() {
  const { stdout } = spawnSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' })
  const interpreter = stdout.trim()
  const direct = {
    what: "python3 -c 'import json'",
    words: [interpreter, '-c', 'import json'],
    count: 40,
    reach: { preload: '≤ 1.10×', ptrace: '≤ 1.30×', hybrid: '≤ 1.15×', ebpf: '≤ 1.05×' },
  }
  const found = spawnSync('sh', ['-c', 'command -v python3'], { encoding: 'utf8' }).stdout.trim()
  if (realpathSync(found) === realpathSync(interpreter)) return [direct]
  const shim = { what: 'python3 -c pass by way of a version manager', words: ['python3', '-c', 'pass'], count: 15 }
  return [direct, { ...shim, reach: {} }]
}

const dataScript = `
import sys
import numpy, pandas, pyarrow.parquet
frame = pandas.read_parquet(sys.argv[1])
frame['sum'] = numpy.cumsum(frame['a'].to_numpy()) + frame['b']
frame[['a', 'sum']].sort_values('sum').to_parquet(sys.argv[2], compression='none', index=False)
`

/** 200 MB of numbers in, as many out: what people do with data. Its libraries are fetched; a machine that cannot has no such row. */
function dataJob(at) {
  const python = join(at, 'venv/bin/python')
  const fill = `import numpy, pandas; g = numpy.random.default_rng(1); pandas.DataFrame({k: g.random(12_500_000) for k in 'ab'}).to_parquet('${at}/numbers.parquet', compression='none')`
  for (const words of [
    ['python3', '-m', 'venv', join(at, 'venv')],
    [python, '-m', 'pip', 'install', '--quiet', '--only-binary', ':all:', 'numpy', 'pandas', 'pyarrow'],
    [python, '-c', fill],
  ]) {
    const done = spawnSync(words[0], words.slice(1), { encoding: 'utf8' })
    if (done.status === 0) continue
    const why = (done.stderr ?? String(done.error)).trim().split('\n').at(-1)
    console.error(`no row for numpy, pandas and pyarrow: ${words.slice(0, 4).join(' ')}: ${why}`)
    return []
  }
  writeFileSync(join(at, 'data.py'), dataScript)
  const reach = { preload: '≤ 1.02×', ptrace: '≤ 1.02×', hybrid: '≤ 1.02×', ebpf: '≤ 1.02×' }
  const words = [python, join(at, 'data.py'), join(at, 'numbers.parquet'), join(at, 'sorted.parquet')]
  return [{ what: 'numpy, pandas and pyarrow: 200 MB in and out', words, count: 2, reach }]
}

export function workloads(place, root) {
  const at = join(place, 'workloads')
  mkdirSync(at)
  tree(join(at, 'tree'))
  writeFileSync(join(at, 'big'), Buffer.alloc(4 << 20, 'x'))
  writeFileSync(join(at, 'preads.c'), preads)
  writeFileSync(join(at, 'pairs.c'), pairs)
  for (const name of ['preads', 'pairs']) spawnSync('cc', ['-O2', '-o', join(at, name), join(at, `${name}.c`)])
  writeFileSync(join(at, 'loop.sh'), `i=0; while [ $i -lt 300 ]; do cat ${at}/loop.sh > /dev/null; i=$((i+1)); done\n`)
  const native = join(root, 'packages/tracer-preload/native')
  const flags = '-O2 -fPIC -D_GNU_SOURCE -ffreestanding -I../../trace-protocol/generated -I../../trace-protocol/native'
  writeFileSync(
    join(at, 'build.sh'),
    `cd ${native} && ls src/*.c src/hooks/*.c | xargs -P2 -I{} sh -c 'gcc ${flags} -c {} -o ${at}/$(basename {}).o' || exit 1\n`,
  )
  return [
    {
      what: 'gcc build of a real tree, -j2',
      words: ['sh', join(at, 'build.sh')],
      count: 2,
      reach: { preload: '≤ 1.03×', ptrace: '≤ 1.10×', hybrid: '≤ 1.05×', ebpf: '≤ 1.03×' },
    },
    ...pythons(),
    {
      what: 'tar of 10,000 files',
      words: ['tar', 'cf', join(at, 'tree.tar'), join(at, 'tree')],
      count: 10,
      reach: { preload: '≤ 1.15×', ptrace: '≤ 2.0×', hybrid: '≤ 1.2×', ebpf: '≤ 1.10×' },
    },
    {
      what: 'loop of 300 cat',
      words: ['sh', join(at, 'loop.sh')],
      count: 5,
      reach: { preload: '≤ 1.25×', ptrace: '≤ 1.6×', hybrid: '≤ 1.35×', ebpf: '≤ 1.10×' },
    },
    { what: '1,000,000 preads of 4 KiB', words: [join(at, 'preads'), join(at, 'big')], count: 4, reach: {} },
    {
      what: '1,000,000 × (pread + pwrite of 4 KiB)',
      words: [join(at, 'pairs'), join(at, 'big')],
      count: 3,
      reach: { preload: '≤ 1.10×', ptrace: '≤ 1.02×', hybrid: '≤ 1.10×', ebpf: '≤ 1.15×' },
    },
    ...dataJob(at),
  ]
}
