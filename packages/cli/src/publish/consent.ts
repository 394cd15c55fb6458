/** Publishing without a name is for everybody and for good: it is asked for first. */
import { RoarError } from '@roar/core'

export interface Question {
  readonly text: string
  readonly yes: boolean
  /** Can somebody be asked? */
  readonly interactive: boolean
}

export async function requireConsent({ text, yes, interactive }: Question): Promise<void> {
  if (yes) return
  if (!interactive) {
    throw new RoarError(
      'ROAR_REGISTER_CONSENT',
      'Publishing anonymously is confirmed first, and nobody can be asked here.',
      {
        cause: 'Standard input or error is no terminal.',
        remedy: ['-y confirms it', '--dry-run shows what would be published', 'roar login publishes privately'],
      },
    )
  }
  if (!(await agreed(text)))
    throw new RoarError('ROAR_REGISTER_CONSENT', 'Nothing was published.', { remedy: ['-y does not ask'] })
}

async function agreed(text: string): Promise<boolean> {
  const { createInterface } = await import('node:readline/promises')
  const lines = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await lines.question(`${text} [y/N] `)).trim())
  } finally {
    lines.close()
  }
}
