/** Talks with the launcher that is our parent: one order to start, then its reports, a line each (launcher/src/control.c). */
import { fstatSync, readSync, writeSync } from 'node:fs'
import { constants } from 'node:os'
import { bytesOfWord, type ExitStatus, type StartedProcess, type StartRequest } from '@roar/core'
import type { GitAnswer } from '@roar/host'
import { wholeWords } from '../words/argument-bytes.ts'
import type { Launch } from './launch.ts'
import { Reports } from './reports.ts'
import { errnoName, startRefused } from './start-refused.ts'

/** `git`: the files with what git has said, where the launcher has asked it. */
export function launcherLaunch(fd: number, git: readonly [output: number, errors: number] | null): Launch {
  const reports = new Reports(fd)
  return {
    gitStatus: git && (() => gitStatus(reports, git)),
    onInterrupt: (listener) =>
      reports.on('signal', ([, number, group]) => listener(signalName(number), group === '1' ? 'group' : 'single')),
    endsUs: true,
    recorded: () => send(fd, notice),
    end: () => send(fd, farewell),
    start: async (request) => {
      send(fd, orderBytes(request))
      const answer = await reports.next(['started', 'failed'])
      // The launcher was killed; its child may be on its way to the command all the same.
      const forked = answer === null ? reports.said('forked') : null
      if (forked) return startedProcess(Number(forked[1]), reports)
      if (answer === null) throw startRefused(request.argv[0] ?? '', 'EPIPE')
      if (answer[0] === 'failed') throw startRefused(request.argv[0] ?? '', errnoName(Number(answer[1])))
      return startedProcess(Number(answer[1]), reports)
    },
  }
}

function startedProcess(pid: number, reports: Reports): StartedProcess {
  const exited = reports.next(['exited', 'killed']).then((report): ExitStatus => {
    // The launcher was killed: the command lives on, and nobody can tell us how it will end.
    if (report === null) return { exitCode: null, signal: null }
    return report[0] === 'exited'
      ? { exitCode: Number(report[1]), signal: null }
      : { exitCode: null, signal: signalName(report[1]) }
  })
  return { pid, exited }
}

/** An order without words: the launcher closes the channel then, or ends us. */
const farewell = Buffer.alloc(4)

/** An order of one word. */
const notice = Buffer.concat([Buffer.from(new Uint32Array([9]).buffer), Buffer.from('recorded\0')])

function send(fd: number, bytes: Uint8Array): void {
  try {
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(fd, bytes, sent)
  } catch {
    // The launcher is gone: so says the end of its reports.
  }
}

/** The launcher's word for that there is no git (launcher/src/launcher.h). */
const noGit = 127

async function gitStatus(reports: Reports, [output, errors]: readonly [number, number]): Promise<GitAnswer | null> {
  const report = await reports.next(['git'])
  if (report === null) return null
  const status = Number(report[1])
  return { status: status === noGit ? null : status, output: contentOf(output), errors: contentOf(errors).toString() }
}

function contentOf(fd: number): Buffer {
  const bytes = Buffer.alloc(fstatSync(fd).size)
  let read = 0
  while (read < bytes.length) {
    const got = readSync(fd, bytes, read, bytes.length - read, read)
    if (got === 0) break
    read += got
  }
  return bytes.subarray(0, read)
}

const signalName = (number: string | undefined): string =>
  Object.entries(constants.signals).find(([, value]) => value === Number(number))?.[0] ?? `SIG${number}`

/** NUL-separated words behind their length: cwd, count, argv…, how many of the launcher's last words follow, count, changes…. */
function orderBytes({ argv, cwd, env, endMark }: StartRequest): Buffer {
  const changes = Object.entries(env).map(([name, value]) => (value === null ? `-${name}` : `+${name}=${value}`))
  if (endMark !== undefined) changes.push(`=${endMark}`)
  const typed = countTyped(argv, process.argv.slice(2))
  const made = argv.slice(0, argv.length - typed)
  // Where we are may have a name that is not UTF-8; the launcher is there already.
  const place = cwd === process.cwd() ? '' : cwd
  const words = [place, String(made.length), ...made, String(typed), String(changes.length), ...changes]
  const text = bytesOfWord(`${words.join('\0')}\0`)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text])
}

/** How many words at the end are as the user typed them: the launcher has their bytes, of which Node keeps only what is UTF-8. */
function countTyped(argv: readonly string[], own: readonly string[]): number {
  const whole = wholeWords(own)
  const isTyped = (at: number) => argv.at(at) === own.at(at) || argv.at(at) === whole.at(at)
  let count = 0
  while (count < Math.min(argv.length, own.length) && isTyped(-1 - count)) count++
  return count
}
