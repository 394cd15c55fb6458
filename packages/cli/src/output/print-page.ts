/** Prints what needs nothing else loaded: the version, the overview. `writeAll` would bring the core into the entry. */
import { writeSync } from 'node:fs'

/** Exit code: 0, also when nobody reads any more (`roar --help | head -1`); 1, told as all errors are, when it cannot be written. */
export function printPage(text: string): number {
  try {
    writeSync(1, text)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EPIPE' || code === 'EBADF') return 0
    return tell(
      `error: The answer cannot be written to standard output. [ROAR_OUTPUT_FAILED]\n  The system says: ${message}.\n`,
    )
  }
  return 0
}

function tell(text: string): number {
  try {
    writeSync(2, text)
  } catch {
    // Nobody can be told.
  }
  return 1
}
