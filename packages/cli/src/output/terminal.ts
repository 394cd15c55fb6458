/** Where output goes: is it a terminal, how wide is it, and writing to it whole. */
import { fstatSync, statSync, writeSync } from 'node:fs'
import { RoarError } from '@roar/core'

export interface Terminal {
  readonly tty: boolean
  /** Columns; infinite when it is no terminal, so that nothing is cut for a program. */
  readonly columns: number
}

/** `process.stdout` costs three milliseconds to make and sets a pipe non-blocking: it is asked only where the descriptor may be a terminal. */
export function terminalOf(fd: 1 | 2): Terminal {
  if (!mayBeTerminal(fd)) return { tty: false, columns: Number.POSITIVE_INFINITY }
  const stream = fd === 1 ? process.stdout : process.stderr
  return stream.isTTY ? { tty: true, columns: stream.columns || 80 } : { tty: false, columns: Number.POSITIVE_INFINITY }
}

/** A character device other than the one to which output is sent that nobody wants. */
function mayBeTerminal(fd: number): boolean {
  try {
    const found = fstatSync(fd)
    return found.isCharacterDevice() && found.rdev !== statSync('/dev/null', { throwIfNoEntry: false })?.rdev
  } catch {
    return false
  }
}

const pause = new Int32Array(new SharedArrayBuffer(4))

/** Writes everything, or stops quietly when nobody reads any more (`roar log | head`), and where not even an error could be told. */
export function writeAll(fd: 1 | 2, text: string): void {
  offer(fd, text)
}

/** Says whether somebody still reads. */
export function offer(fd: 1 | 2, text: string): boolean {
  const bytes = Buffer.from(text, 'utf8')
  let offset = 0
  while (offset < bytes.length) {
    try {
      offset += writeSync(fd, bytes, offset)
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code === 'EPIPE' || code === 'EBADF' || (fd === 2 && code !== 'EAGAIN')) return false
      if (code !== 'EAGAIN') throw outputFailed(error as Error)
      // Somebody else (a shell's job, ssh) made the shared pipe non-blocking: wait for the reader.
      Atomics.wait(pause, 0, 0, 2)
    }
  }
  return true
}

const outputFailed = (error: Error): RoarError =>
  new RoarError('ROAR_OUTPUT_FAILED', 'The answer cannot be written to standard output.', {
    cause: `The system says: ${error.message}.`,
    remedy: ['Make room where standard output leads to, or send it elsewhere, and ask again'],
  })
