// Programs' real work, bare, under roar, under strace and under another recorder, in turns. The driver inside (time.mjs) takes the times: what
// a recorder does before and after the work is not counted here.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { coolDown, warmDaemon } from './warm-daemon.mjs'
import { workloads } from './workloads.mjs'

const tracers = { preload: 'preload', ptrace: 'ptrace (notify)', hybrid: 'hybrid', ebpf: 'eBPF, daemon warm' }

/** The slow ones have one turn, and do the work once. */
const once = ['strace', 'filtered', 'peer']

function peerProject({ place, env, peer }) {
  const cwd = join(place, 'peer')
  mkdirSync(cwd)
  const commit = ['-c', 'user.name=b', '-c', 'user.email=b@localhost', 'commit', '-q', '-m', 'start']
  for (const words of [
    ['git', 'init', '-q'],
    [peer, 'init'],
    ['git', 'add', '.'],
    ['git', ...commit],
  ]) {
    const done = spawnSync(words[0], words.slice(1), { cwd, env, encoding: 'utf8' })
    if (done.status !== 0) throw new Error(`${words.join(' ')}: ${done.error?.message ?? done.stderr}`)
  }
  return cwd
}

function measure(contenders, driver, file, env, turns) {
  const times = Object.fromEntries(Object.keys(contenders).map((name) => [name, []]))
  for (let turn = 0; turn < turns; turn++)
    for (const [name, { words, cwd, warm }] of Object.entries(contenders)) {
      if (once.includes(name) && turn > 0) continue
      rmSync(file, { force: true })
      // Two million calls, each of which stops twice, take minutes: once is enough.
      const [command, ...rest] = [...words, ...driver.with(3, once.includes(name) ? '1' : driver[3])]
      const daemon = warm?.()
      const done = spawnSync(command, rest, { cwd, env, stdio: 'ignore', timeout: 300_000 })
      if (daemon) coolDown(daemon)
      if (done.status !== 0) throw new Error(`${name}: ${driver.join(' ')} ended with ${done.status ?? done.signal}`)
      times[name].push(...JSON.parse(readFileSync(file, 'utf8')))
    }
  return Object.fromEntries(Object.entries(times).map(([name, list]) => [name, Math.min(...list)]))
}

const times = (ratio) => `${ratio.toFixed(2)}×`

/** `beside`: strace and the other recorder too, which take most of the time. */
export function* underTracers(bench, turns, beside) {
  const { place, root, env, roar, peer, project } = bench
  const cwd = project('work')
  const here = Object.keys(tracers).filter((name) => name !== 'ebpf' || canWarm(root))
  const contenders = {
    bare: { words: [], cwd },
    ...Object.fromEntries(
      here.map((name) => [
        name,
        {
          words: [roar, 'run', '-q', '--allow-dirty', '--tracer', name, '--'],
          cwd,
          ...(name === 'ebpf' && { warm: () => warmDaemon(root) }),
        },
      ]),
    ),
    ...(beside && {
      strace: { words: ['strace', '-f', '-qq', '-o', '/dev/null'], cwd },
      filtered: { words: ['strace', '-f', '--seccomp-bpf', '-e', 'trace=%file', '-qq', '-o', '/dev/null'], cwd },
    }),
    ...(beside && peer && { peer: { words: [peer, 'run', '-q', '--tracer', 'preload'], cwd: peerProject(bench) } }),
  }
  const file = join(place, 'times.json')
  const others = { strace: 'strace -f', filtered: 'strace -f --seccomp-bpf -e %file', peer: 'roar-cli preload' }
  for (const { what, words, count, reach } of workloads(place, root)) {
    const driver = ['node', join(root, 'bench/time.mjs'), file, String(count), ...words]
    const ms = measure(contenders, driver, file, env, turns)
    const said = Object.entries(others).flatMap(([name, title]) =>
      ms[name] ? `${title} ${times(ms[name] / ms.bare)}` : [],
    )
    for (const name of here)
      yield {
        what: `${tracers[name]}: ${what}`,
        value: times(ms[name] / ms.bare),
        reach: reach[name] ?? '',
        beside: name === here[0] ? said.join(' · ') : '',
        ...(name === here[0] && { detail: ms }),
      }
  }
}

function canWarm(root) {
  const daemon = warmDaemon(root)
  if (daemon) coolDown(daemon)
  return daemon !== null
}
