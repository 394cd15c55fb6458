/** Where the job document goes with `--json`: a file, or descriptor 3. Never the child's own output. */
import { fstatSync, openSync, readlinkSync, writeFileSync } from 'node:fs'
import { RoarError } from '@roar/core'

export interface JsonTarget {
  write(text: string): void
}

const documentDescriptor = 3

/** Opened before the child starts: what cannot be written is known then. Null: no document is wanted. */
export function openJsonTarget(json: boolean, file: string | undefined): JsonTarget | null {
  if (file !== undefined) return openFile(file)
  return json ? descriptor() : null
}

function openFile(path: string): JsonTarget {
  try {
    const fd = openSync(path, 'w')
    return { write: (text) => writeFileSync(fd, text) }
  } catch (error) {
    throw new RoarError('ROAR_JSON_TARGET', `the job document cannot be written to ${path}`, {
      cause: error instanceof Error ? error.message : String(error),
      remedy: ['roar run --json-file PATH COMMAND'],
      exitCode: 125,
    })
  }
}

function isNodesOwn(): boolean {
  try {
    return readlinkSync(`/proc/self/fd/${documentDescriptor}`).startsWith('anon_inode:')
  } catch {
    return false
  }
}

function descriptor(): JsonTarget {
  try {
    fstatSync(documentDescriptor)
    // Where the user opened none, the number is Node's own: its first descriptor is an event queue.
    if (isNodesOwn()) throw new Error('not the user’s')
    return { write: (text) => writeFileSync(documentDescriptor, text) }
  } catch {
    throw new RoarError('ROAR_JSON_TARGET', 'descriptor 3 is not open', {
      cause: 'With --json the job document is written to descriptor 3, since standard output is the command’s.',
      remedy: ['roar run --json COMMAND 3>job.json', 'roar run --json-file job.json COMMAND'],
      exitCode: 125,
    })
  }
}
