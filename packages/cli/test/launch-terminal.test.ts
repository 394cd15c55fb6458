/** Job control on a real terminal: keys, stops, sizes and modes are between the terminal and the command. */
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cannotLaunch, listener, openWorkbench, type Workbench } from './launch-workbench.ts'

const reason = cannotLaunch()
const player = fileURLToPath(new URL('launch-terminal.py', import.meta.url))

type Step =
  | ['expect', string]
  | ['send', string]
  | ['resize', number, number]
  | ['pause', number]
  | ['signal', number]
  | ['end']
interface Played {
  readonly text: string
  readonly code: number
  readonly vain: Step | null
}

describe.skipIf(reason)(`on a terminal ${reason ? `(skipped: ${reason})` : ''}`, () => {
  let bench: Workbench
  beforeAll(async () => {
    bench = await openWorkbench()
  })
  afterAll(() => bench.close())

  /** Throws nothing: a step that waited in vain is in the answer. */
  const play = (program: readonly string[], steps: readonly Step[], env: NodeJS.ProcessEnv = {}): Played =>
    JSON.parse(
      execFileSync('python3', [player, JSON.stringify(steps), ...program], {
        encoding: 'utf8',
        cwd: bench.place,
        timeout: 120_000,
        env: { ...process.env, launch: bench.words, RECORDER_LOG: join(bench.place, 'log'), ...env },
      }),
    )
  // By `env`: a shell between here and there that is not interactive would drop PS1.
  const shell = ['env', 'PS1=$ ', 'bash', '--norc', '--noprofile', '-i']

  it('Ctrl-C reaches the command exactly once each time, and launcher and recorder stay', () => {
    const { text, code, vain } = play(
      [...bench.launch, ...listener],
      [
        ['expect', 'ready'],
        ['send', '\x03'],
        ['expect', 'SIGINT'],
        ['pause', 0.1],
        ['send', '\x03'],
        ['expect', 'SIGINT'],
        ['pause', 0.1],
        ['send', '\x1c'],
        ['expect', 'SIGQUIT'],
        ['pause', 0.1],
        ['send', '\x1a'],
        ['pause', 0.1],
        ['send', '\x03'],
        ['expect', 'SIGINT'],
        ['pause', 0.1],
        ['resize', 33, 99],
        ['expect', 'SIGWINCH'],
        ['signal', constants.signals.SIGUSR2],
      ],
    )
    expect(vain).toBeNull()
    expect(text.match(/SIG(INT|QUIT|WINCH)/g)).toEqual(['SIGINT', 'SIGINT', 'SIGQUIT', 'SIGINT', 'SIGWINCH'])
    expect(code).toBe(3)
    expect(readFileSync(join(bench.place, 'log'), 'utf8')).toMatch(
      /SIGINT group\nSIGINT group\nSIGQUIT group\nSIGINT group\n/,
    )
  })

  it('Ctrl-C ends a command that does not handle it, with 130', () => {
    const { text, vain } = play(shell, [
      ['expect', '\\$ '],
      ['send', "$launch sh -c 'echo rea''dy; exec sleep 60'; echo code=$?\n"],
      ['expect', 'ready'],
      ['send', '\x03'],
      ['expect', 'code=\\d+'],
      ['send', 'exit\n'],
    ])
    expect(vain).toBeNull()
    expect(text).toContain('code=130')
  })

  it('Ctrl-Z stops the job for the shell, bg and fg continue it', () => {
    const { vain, code } = play(shell, [
      ['expect', '\\$ '],
      // Built-in words only: a dash that is stopped before its vforked child is a program hangs, launched or not.
      ['send', `$launch bash -c 'echo rea""dy; while read -r line; do echo $line; done; exit 5'\n`],
      ['expect', 'ready'],
      ['send', '\x1a'],
      ['expect', 'Stopped'],
      ['send', 'jobs\n'],
      ['expect', '\\[1\\]\\+\\s+Stopped'],
      ['expect', '\\$ '],
      ['send', 'fg\n'],
      ['pause', 0.3],
      ['send', 'echo-me\n'],
      // Once by the terminal, once by the command.
      ['expect', 'echo-me\\s+echo-me'],
      ['send', '\x1a'],
      ['expect', 'Stopped'],
      ['expect', '\\$ '],
      ['send', 'fg\n'],
      ['pause', 0.3],
      ['send', '\x04'],
      ['expect', '\\$ '],
      ['send', 'echo code=$?; exit 9\n'],
      ['expect', 'code=5'],
    ])
    expect(vain).toBeNull()
    expect(code).toBe(9)
  })

  it('a background job that reads from the terminal stops, and goes on in the foreground', () => {
    const { vain } = play(shell, [
      ['expect', '\\$ '],
      ['send', "$launch sh -c 'read line; echo got=$line' &\n"],
      ['pause', 0.5],
      ['send', '\n'],
      ['expect', 'Stopped'],
      ['expect', '\\$ '],
      ['send', 'fg\n'],
      ['pause', 0.3],
      ['send', 'word\n'],
      ['expect', 'got=word'],
      ['send', 'exit\n'],
    ])
    expect(vain).toBeNull()
  })

  it('a command that stops itself stops the job', () => {
    const { vain } = play(shell, [
      ['expect', '\\$ '],
      ['send', "$launch bash -c 'kill -STOP $$; echo on''ward'\n"],
      ['expect', 'Stopped'],
      ['expect', '\\$ '],
      ['send', 'fg\n'],
      ['expect', 'onward'],
      ['send', 'exit\n'],
    ])
    expect(vain).toBeNull()
  })

  it('the recorder may write where background processes may not (stty tostop)', () => {
    const env = { RECORDER_SAY: 'recorder-says', RECORDER_LINGER: '100' }
    const script = 'stty tostop; $launch true; echo code=$?; stty -a'
    const { text, vain } = play(
      ['bash', '-c', script],
      [
        ['expect', 'recorder-says'],
        ['expect', 'code=0'],
      ],
      env,
    )
    expect(vain).toBeNull()
    expect(text).toMatch(/[^-]tostop/)
  })

  it('modes that the command sets stay set', () => {
    const { text } = play(['sh', '-c', '$launch stty -echo; sleep 0.2; stty -a'], [])
    expect(text).toMatch(/ -echo /)
  })

  it('the command has the terminal: its size, its group in the foreground', () => {
    const ask = "import os; print(os.get_terminal_size().columns, os.tcgetpgrp(0) == os.getpgrp(), os.ttyname(0) != '')"
    const { text } = play(['sh', '-c', `stty cols 123; $launch python3 -c "${ask}"`], [])
    expect(text).toContain('123 True True')
  })
})
