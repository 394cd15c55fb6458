/** What is known of a command before it is loaded. */
import type { CommandClass } from 'clipanion'

export interface CommandEntry {
  readonly group: 'start' | 'look' | 'files' | 'share' | 'order' | 'set up' | 'serve'
  readonly summary: string
  /** Everything from the first word on is somebody else's command line. */
  readonly startsCommand?: boolean
  readonly load: () => Promise<CommandClass>
}

/** By path. */
export type CommandTable = Readonly<Record<string, CommandEntry>>
