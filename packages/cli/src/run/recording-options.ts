/** Options of the commands that record a command, declared once: for the parser, and for who reads plain words. */
import { commonOptions, flag, list, namesWithValue, text } from '../words/options.ts'

export const recordingOptions = {
  tracer: text('--tracer', 'auto, preload, ptrace, hybrid, ebpf, or another active tracer'),
  allowDirty: flag('--allow-dirty', 'record although files differ from the commit'),
  name: text('-n,--name', 'a name for the step'),
  hash: list('--hash', 'a further algorithm, or several divided by commas'),
  tag: list('--tag', 'K=V, recorded with the job; may be repeated'),
  composites: list('--composite', 'a directory whose files are one artifact; may be repeated'),
  jsonFile: text('--json-file', 'write the job document to this file'),
}

/** Those that take the next word: the command begins behind it. */
export const withValue: ReadonlySet<string> = new Set([
  ...namesWithValue({ ...commonOptions, ...recordingOptions }),
  '--color',
])
