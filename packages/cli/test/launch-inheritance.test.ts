/** What the command inherits is what it would inherit without us. */
import { spawnSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bareAndLaunched, cannotLaunch, inShell, openWorkbench, type Workbench } from './launch-workbench.ts'

const reason = cannotLaunch()
const signals = `grep -E '^(Sig|Shd)(Blk|Ign|Cgt|Pnd)' /proc/self/status`
const descriptors = `find /proc/self/fd -type l -printf '%f %l\\n'`
const masked = `python3 -c 'import os, signal, sys
signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGUSR1, signal.SIGTERM, signal.SIGCHLD, signal.SIGRTMAX})
signal.signal(signal.SIGPIPE, signal.SIG_DFL)
os.execvp(sys.argv[1], sys.argv[1:])'`

describe.skipIf(reason)(
  `a launched command inherits ${reason ? `(skipped: ${reason})` : 'what a bare one does'}`,
  () => {
    let bench: Workbench
    beforeAll(async () => {
      bench = await openWorkbench()
    })
    afterAll(() => bench.close())

    const cases: Record<string, [prepare: string, command: string]> = {
      'signal dispositions and mask': ['', signals],
      'signals that were ignored': [`trap '' HUP INT QUIT TERM USR1 PIPE CHLD CONT TSTP`, signals],
      'SIGHUP that nohup ignores': ['', `nohup ${signals}`],
      'limits, soft and hard': [
        'ulimit -n 200; ulimit -S -c 0; ulimit -S -s 512; ulimit -S -v 2000000',
        'cat /proc/self/limits',
      ],
      'a soft limit of open files below the hard one': ['ulimit -S -n 64', 'cat /proc/self/limits'],
      umask: ['umask 0137', 'grep Umask /proc/self/status'],
      'niceness and processors': [
        'renice -n 5 $$ >/dev/null',
        `sh -c 'nice; grep -E "^(Cpus|Mems)_allowed:" /proc/self/status'`,
      ],
      'the environment': ['unset PWD; export A=1 EMPTY= MULTI="a\nb"', 'env'],
      'the working directory': ['cd /usr/share', '/bin/pwd'],
      'descriptors: those of the shell and no others': ['exec 5</etc/passwd 7>&1', descriptors],
      'a closed standard input': ['exec <&-', descriptors],
      'closed standard streams': ['exec <&- 2>&-', descriptors],
      'process group and session': ['', `sh -c 'cut -d " " -f 5,6,7,8 /proc/$$/stat'`],
      'the exit status': ['', `sh -c 'exit 77'`],
      'bytes in arguments that are not UTF-8': ['', `printf '%s|' $'a\\xffb' '' 'c d' $'\\xc3\\xa9' '*'`],
      'a script without a first line that names its interpreter': ['printf "echo sh" >s; chmod +x s', './s'],
    }

    for (const [name, [prepare, command]] of Object.entries(cases))
      it(`inherits ${name}`, () => {
        const { bare, launched } = bareAndLaunched(bench, `cd ${bench.place}\n${prepare}`, command)
        expect(launched).toBe(bare)
        expect(launched).toMatch(/status \d+\n$/)
      })

    it('inherits blocked signals, SIGCHLD and the last real-time signal among them', () => {
      const script = `${masked} ${signals}; echo =====; ${masked} $launch ${signals}`
      const [bare, launched] = inShell(bench, script).split('=====\n')
      expect(launched).toBe(bare)
      expect(bare).toMatch(/SigBlk:\t8/)
    })

    it('is ended by a broken pipe as usual', () => {
      expect(inShell(bench, `$launch bash -c 'yes | head -1; echo "\${PIPESTATUS[0]}"'`)).toBe('y\n141\n')
      expect(inShell(bench, 'set -o pipefail; $launch yes | head -1; echo "$?"')).toBe('y\n141\n')
    })

    it('gets the variables that the recorder adds, and loses those that it removes', () => {
      const said = inShell(
        bench,
        `RECORDER_SET='a=b c' RECORDER_SAY= $launch sh -c 'echo "$ADDED"; env | grep -c -e RECORDER -e LAUNCHER'`,
      )
      expect(said).toBe('a=b c\n0\n')
    })

    it('starts in the directory that the recorder names', () => {
      expect(inShell(bench, 'RECORDER_CWD=/usr $launch /bin/pwd')).toBe('/usr\n')
    })

    it('starts in a directory whose name is not UTF-8', () => {
      expect(inShell(bench, `mkdir $'d\\xff'; cd $'d\\xff'; touch here; $launch ls`)).toBe('here\n')
    })

    it('keeps a pipe open no longer than the command does', () => {
      mkdirSync(`${bench.place}/pipes`)
      // The command closes its end and waits for what that makes the other side do.
      const script = `cd pipes; mkfifo out extra
      (cat out >/dev/null; echo 1 >out-ended) & (cat extra >/dev/null; echo 2 >extra-ended) &
      await='i=0; while [ $i -lt 300 ]; do [ -e out-ended ] && [ -e extra-ended ] && echo both >&2 && exit; sleep 0.02; i=$((i + 1)); done'
      $launch sh -c "exec >/dev/null 9>&-; $await" >out 9>extra 2>said; cat said`
      expect(inShell(bench, script)).toBe('both\n')
    })

    it('tells where the command is not found, and where it may not be executed', () => {
      const script = `touch plain; $launch ./none; echo $?; $launch none-such-command; echo $?; $launch ./plain; echo $?`
      expect(inShell(bench, script)).toBe('127\n127\n126\n')
    })

    it('hands on a signal for the death of the parent, which was meant for the command', () => {
      if (spawnSync('setpriv', ['--pdeathsig', 'TERM', 'true']).status !== 0)
        return expect('setpriv is not there').toBeTruthy()
      const ask = `python3 -c 'import ctypes; n = ctypes.c_int(); ctypes.CDLL(None).prctl(2, ctypes.byref(n)); print(n.value)'`
      expect(inShell(bench, `setpriv --pdeathsig TERM $launch ${ask}; $launch ${ask}`)).toBe('15\n0\n')
    })
  },
)
