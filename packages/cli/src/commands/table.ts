/** Every command by its path: what the overview says of it, and where it is loaded from when it is used. */
import type { CommandClass } from 'clipanion'

export interface CommandEntry {
  readonly group: 'start' | 'look' | 'files' | 'order' | 'set up'
  readonly summary: string
  /** Hidden from the overview: another spelling of the entry named here. */
  readonly alias?: string
  readonly load: () => Promise<CommandClass>
}

export const commandTable: Readonly<Record<string, CommandEntry>> = {
  init: {
    group: 'start',
    summary: 'make this directory a workspace',
    load: async () => (await import('./init.ts')).InitCommand,
  },
  log: {
    group: 'look',
    summary: 'list the jobs, newest last',
    load: async () => (await import('./log.ts')).LogCommand,
  },
  dag: {
    group: 'look',
    summary: 'draw the graph of jobs and files',
    load: async () => (await import('./dag.ts')).DagCommand,
  },
  show: {
    group: 'look',
    summary: 'show a session, job, artifact or path',
    load: async () => (await import('./show.ts')).ShowCommand,
  },
}
