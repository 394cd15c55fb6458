/** Talks with the launcher that is our parent: one order to start, then its reports, a line each (launcher/src/control.c). */
import { writeSync } from 'node:fs'
import { Socket } from 'node:net'
import { constants } from 'node:os'
import type { ExitStatus, StartedProcess, StartRequest } from '@roar/core'
import type { Launch } from './launch.ts'
import { errnoName, startRefused } from './start-refused.ts'

type Report = readonly [word: string, ...numbers: string[]]

export function launcherLaunch(fd: number): Launch {
  const socket = new Socket({ fd, readable: true, writable: true })
  const reports = new Reports(socket)
  // Only while an answer is awaited does it keep us alive.
  socket.unref()
  return {
    onInterrupt: (listener) =>
      reports.on('signal', ([, number, group]) => listener(signalName(number), group === '1' ? 'group' : 'single')),
    end: () => {
      sayFarewell(fd)
      socket.destroy()
    },
    start: async (request) => {
      socket.ref()
      socket.write(orderBytes(request))
      const answer = await reports.next(['started', 'failed'])
      if (answer === null) throw startRefused(request.argv[0] ?? '', 'EPIPE')
      if (answer[0] === 'failed') throw startRefused(request.argv[0] ?? '', errnoName(Number(answer[1])))
      return startedProcess(Number(answer[1]), reports, socket)
    },
  }
}

function startedProcess(pid: number, reports: Reports, socket: Socket): StartedProcess {
  const exited = reports.next(['exited', 'killed']).then((report): ExitStatus => {
    socket.unref()
    // The launcher was killed: the command lives on, and nobody can tell us how it will end.
    if (report === null) return { exitCode: null, signal: null }
    return report[0] === 'exited'
      ? { exitCode: Number(report[1]), signal: null }
      : { exitCode: null, signal: signalName(report[1]) }
  })
  return { pid, exited }
}

/** An order without words. Written at once: the process ends behind it. */
function sayFarewell(fd: number): void {
  try {
    writeSync(fd, Buffer.alloc(4))
  } catch {
    // The launcher is gone.
  }
}

const signalName = (number: string | undefined): string =>
  Object.entries(constants.signals).find(([, value]) => value === Number(number))?.[0] ?? `SIG${number}`

/** NUL-separated words behind their length: cwd, count, argv…, how many of the launcher's last words follow, count, changes…. */
function orderBytes({ argv, cwd, env }: StartRequest): Buffer {
  const changes = Object.entries(env).map(([name, value]) => (value === null ? `-${name}` : `+${name}=${value}`))
  const typed = countTyped(argv, process.argv.slice(2))
  const made = argv.slice(0, argv.length - typed)
  // Where we are may have a name that is not UTF-8; the launcher is there already.
  const place = cwd === process.cwd() ? '' : cwd
  const words = [place, String(made.length), ...made, String(typed), String(changes.length), ...changes]
  const text = Buffer.from(`${words.join('\0')}\0`, 'utf8')
  const length = Buffer.alloc(4)
  length.writeUInt32LE(text.length)
  return Buffer.concat([length, text])
}

/** How many words at the end are as the user typed them: the launcher has their bytes, of which Node keeps only what is UTF-8. */
function countTyped(argv: readonly string[], own: readonly string[]): number {
  let count = 0
  while (count < Math.min(argv.length, own.length) && argv.at(-1 - count) === own.at(-1 - count)) count++
  return count
}

/** A short command has ended before anybody asks how: what nobody waits for yet is kept. */
class Reports {
  readonly #kept: Report[] = []
  readonly #listeners = new Map<string, (report: Report) => void>()
  #rest = ''
  #ended = false
  #onEnd: (() => void)[] = []

  constructor(socket: Socket) {
    socket.setEncoding('latin1')
    socket.on('data', (text: string) => this.#take(text))
    socket.on('error', () => this.#end())
    socket.on('close', () => this.#end())
  }

  on(word: string, listener: (report: Report) => void): void {
    this.#listeners.set(word, listener)
  }

  /** The first report of one of these kinds; null when the launcher is gone. */
  next(words: readonly string[]): Promise<Report | null> {
    const kept = this.#kept.find((report) => words.includes(report[0]))
    return new Promise((resolve) => {
      if (kept) return resolve(kept)
      if (this.#ended) return resolve(null)
      this.#onEnd.push(() => resolve(null))
      for (const word of words) this.on(word, resolve)
    })
  }

  #take(text: string): void {
    const lines = (this.#rest + text).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) {
      const report = line.split(' ') as unknown as Report
      const listener = this.#listeners.get(report[0])
      if (listener) listener(report)
      else this.#kept.push(report)
    }
  }

  #end(): void {
    this.#ended = true
    for (const notice of this.#onEnd.splice(0)) notice()
  }
}
