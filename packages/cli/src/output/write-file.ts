/** Writes an answer to the file that an option names. Throws ROAR_OUTPUT_FAILED. */
import { writeFileSync } from 'node:fs'
import { RoarError } from '@roar/core'
import { visible } from './escape.ts'

export function writeAnswer(path: string, answer: string | Uint8Array): void {
  try {
    writeFileSync(path, answer)
  } catch (error) {
    throw new RoarError('ROAR_OUTPUT_FAILED', `The answer cannot be written to ${visible(path)}.`, {
      cause: `The system says: ${(error as Error).message}.`,
      remedy: ['Name a file that you may write to'],
    })
  }
}
