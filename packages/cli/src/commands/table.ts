/** Every command by its path: what the overview says of it, and where it is loaded from when it is used. */
import type { CommandClass } from 'clipanion'

export interface CommandEntry {
  readonly group: 'start' | 'look' | 'files' | 'order' | 'set up'
  readonly summary: string
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
  show: {
    group: 'look',
    summary: 'show a session, job, artifact or path',
    load: async () => (await import('./show.ts')).ShowCommand,
  },
  dag: {
    group: 'look',
    summary: 'draw the graph of jobs and files',
    load: async () => (await import('./dag.ts')).DagCommand,
  },
  lineage: {
    group: 'look',
    summary: 'everything that something was made from',
    load: async () => (await import('./lineage.ts')).LineageCommand,
  },
  inputs: {
    group: 'look',
    summary: 'the files at the roots of a lineage',
    load: async () => (await import('./inputs.ts')).InputsCommand,
  },
  impact: {
    group: 'look',
    summary: 'everything that was made from something',
    load: async () => (await import('./impact.ts')).ImpactCommand,
  },
  find: {
    group: 'look',
    summary: 'look an artifact up by any digest',
    load: async () => (await import('./find.ts')).FindCommand,
  },
  pop: {
    group: 'order',
    summary: 'drop the newest job from the record',
    load: async () => (await import('./pop.ts')).PopCommand,
  },
  reset: {
    group: 'order',
    summary: 'begin a new session',
    load: async () => (await import('./reset.ts')).ResetCommand,
  },
  completion: {
    group: 'set up',
    summary: 'print completions for bash, zsh or fish',
    load: async () => (await import('./completion.ts')).CompletionCommand,
  },
}
