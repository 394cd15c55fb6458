/** The completion scripts. Commands and options are written into them, so that completing never starts roar. */
import { bash } from './bash.ts'
import { fish } from './fish.ts'
import type { CompletionWord } from './words.ts'
import { zsh } from './zsh.ts'

export const completionScripts: Readonly<Record<string, (words: readonly CompletionWord[]) => string>> = {
  bash,
  zsh,
  fish,
}
