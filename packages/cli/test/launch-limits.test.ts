/** Limits of the shell that are too small for the recorder: it gets over them where it may, and says so where it may not. */
import { spawnSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
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
