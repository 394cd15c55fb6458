/** Limits of the shell that are too small for the recorder: it gets over them where it may, and says so where it may not. */
import { spawnSync } from 'node:child_process'
import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { withValue } from '../src/run/recording-options.ts'
import { cannotLaunch, launcher, openWorkbench, type Workbench } from './launch-workbench.ts'

const reason = cannotLaunch()
const bash = (script: string) => spawnSync('bash', ['-c', script], { encoding: 'utf8', timeout: 60_000 })
/** CAP_SYS_RESOURCE: a hard limit is none then. */
const mayRaise = bash('ulimit -n 20; ulimit -n 64').status === 0
/** Somebody for whom the number of processes is limited, as it is not for root. */
const nobody = process.getuid?.() === 0 ? 'setpriv --reuid 54321 --regid 54321 --clear-groups' : ''
const noNobody = bash(`${nobody} test -x ${launcher} -a -x ${process.execPath}`).status !== 0

describe.skipIf(reason)(`limits that are too small ${reason ? `(skipped: ${reason})` : ''}`, () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench()
    chmodSync(bench.place, 0o755)
    writeFileSync(join(bench.place, 'two.cjs'), 'console.log(2)')
  })
  afterAll(() => bench.close())

  const cases = ['-n 20', '-n 12', '-v 200000', '-d 20000', '-s 64']
  for (const limit of cases)
    it(`ulimit ${limit} is the command’s: the recorder gets over it, or an error names it and nothing starts`, () => {
      const [option, value] = limit.split(' ')
      const { stdout, stderr, status } = bash(
        `ulimit ${limit}; exec ${bench.words} sh -c 'ulimit ${option}; exit 7' 2> >(cat >&2)`,
      )
      if (mayRaise) return expect({ stdout, status }).toEqual({ stdout: `${value}\n`, status: 7 })
      expect(stderr).toMatch(
        new RegExp(`^error: ulimit ${option} .* is ${value}, .*\\[ROAR_LIMIT\\]\\n.*\\n {2}→ .*prlimit.*\\n$`),
      )
      expect({ stdout, status }).toEqual({ stdout: '', status: 125 })
    })

  /** Without CAP_SYS_RESOURCE a hard limit is one. */
  const bare = `setpriv --bounding-set=-sys_resource --inh-caps=-sys_resource`
  const noBare = bash(`ulimit -n 20; ${bare} sh -c '! ulimit -n 64 2> /dev/null'`).status !== 0
  const alone = (limit: string, words: string) =>
    bash(`ulimit ${limit}; exec ${bare} ${launcher} --alone ${process.execPath} ${bench.place}/two.cjs ${words}`)

  it.skipIf(noBare)('commands that run nothing say so too, where Node would end with a stack of its own', () => {
    for (const limit of ['-n 16', '-v 900000', '-d 100000', '-s 64']) {
      const { stdout, stderr, status } = alone(limit, 'log')
      expect(stderr, limit).toMatch(/^error: ulimit -[nvds] .*\[ROAR_LIMIT\]\n {2}Node, .*\n {2}→ Ask again .*\n$/)
      expect({ stdout, status }).toEqual({ stdout: '', status: 1 })
    }
    expect(alone('-n 64', 'log')).toMatchObject({ stdout: '2\n', stderr: '', status: 0 })
  })

  it.skipIf(noBare)(
    'how much memory Node needs depends on its version: it is tried where one lives and another does not',
    () => {
      const [major = 0] = process.versions.node.split('.').map(Number)
      for (const [limit, lives] of [
        ['-v 1050000', major < 24],
        ['-d 200000', major < 24],
        ['-v 1600000', true],
        ['-d 800000', true],
      ] as const) {
        const { stdout, stderr } = alone(limit, 'log')
        if (lives) expect({ stdout, stderr }, limit).toEqual({ stdout: '2\n', stderr: '' })
        else expect(stderr, limit).toContain('it has been tried')
      }
    },
  )

  it.skipIf(noBare)('the error is a document where one is asked for, and no option of the command does that', () => {
    for (const words of ['log --json', '-C . --json log', 'run --json true'])
      expect(JSON.parse(alone('-n 16', words).stderr), words).toMatchObject({ error: { code: 'ROAR_LIMIT' } })
    for (const option of withValue)
      expect(JSON.parse(alone('-n 16', `run ${option} x --json true`).stderr), option).toMatchObject({
        schema: 'roar.error/1',
      })
    for (const words of ['run ls --json', 'log -- --json', 'run -q -- ls --json', 'run -n --json true'])
      expect(alone('-n 16', words).stderr, words).toMatch(/^error: /)
  })

  it.skipIf(noNobody)(
    'ulimit -u with no room for Node is said at once, where Node would abort or wait for ever',
    () => {
      for (const limit of [1, 5, 8]) {
        const { stdout, stderr, status } = bash(`ulimit -u ${limit}; exec ${nobody} ${bench.words} echo ran`)
        expect(stderr).toMatch(/^error: ulimit -u \(processes\) is \d, .*\[ROAR_LIMIT\]\n/)
        expect({ stdout, status }).toEqual({ stdout: '', status: 125 })
      }
    },
  )

  it('limits that leave enough are no hindrance, and the command has them', () => {
    const { stdout, status } = bash(`ulimit -n 40; ulimit -s 256; exec ${bench.words} sh -c 'ulimit -n; ulimit -s'`)
    expect({ stdout, status }).toEqual({ stdout: '40\n256\n', status: 0 })
  })
})
