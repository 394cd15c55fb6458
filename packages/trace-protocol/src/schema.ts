/**
 * The trace log, version 1. This page is the one source: `scripts/generate.mjs` makes the C header and the TypeScript codec from it.
 *
 * A log is one sparse file, mapped shared by every traced process: a header page, a read filter, then records to the end.
 * Everything is little-endian. A writer reserves space with one atomic add on `tail`, fills it, and commits by storing the record's
 * `check` last with release order; a reader that meets an uncommitted record counts it as lost and looks for the next valid header.
 * The log is facts, not calls: what is the same fact again is not written again by the same process.
 */
export const PROTOCOL_VERSION = 1
export const MAGIC = 'roarlog\0'

/** Bytes. Records start at `header + filter` and are aligned to 8. */
export const layout = {
  header: 4096,
  filter: 65536,
  alignment: 8,
  recordHeader: 32,
  maxRecord: 65536,
  maxPath: 16384,
  maxArgv: 32768,
} as const

type Scalar = 'u8' | 'u16' | 'u32' | 'i32' | 'u64'
export type FieldType = Scalar | 'bytes'
export type Fields = Readonly<Record<string, FieldType>>

/** The header page, in order, each field aligned to its size. `atomic` ones are changed while the log is in use. */
export const header = {
  magic: { type: 'bytes8' },
  version: { type: 'u32' },
  headerSize: { type: 'u32' },
  /** First 8 bytes of the digest of the generated header: a reader and a library of different builds refuse each other. */
  buildId: { type: 'u64' },
  /** File size; no record may end behind it. */
  capacity: { type: 'u64' },
  recorderPid: { type: 'u32' },
  flags: { type: 'u32' },
  /** Atomic: offset of the next record. */
  tail: { type: 'u64' },
  /** Atomic: number of the next record; the order of facts across processes. */
  sequence: { type: 'u64' },
  /** Atomic: records that found no room. */
  lost: { type: 'u64' },
  /** Set by the recorder: the job is recorded, write no more. */
  closed: { type: 'u32' },
  /** The recorder raises it while it works on a hold; a writer that sees it stand still for a second goes on. */
  heartbeat: { type: 'u32' },
  /** The recorder answers holds in order: every hold whose ticket is below this number is released. */
  holdsReleased: { type: 'u64' },
  /** Atomic: next ticket. */
  holdTicket: { type: 'u64' },
  /** Atomic: writers wake the recorder when the tail passes this offset; the recorder raises it. */
  wakeAt: { type: 'u64' },
  /** Atomic: names moved or taken from a file that has others; what a process knows of paths holds as long as this stands still. */
  moves: { type: 'u64' },
  /** Directories that have changed their names or places in this job, and links made or removed that may lead to one. */
  turns: { type: 'u64' },
} as const

/** In front of every record. `check` = low 16 bits of a mix of (offset, size, type, sequence), never 0; stored last. */
export const recordHeader = {
  size: 'u32',
  type: 'u16',
  check: 'u16',
  sequence: 'u64',
  pid: 'u32',
  tid: 'u32',
  flags: 'u32',
  reserved: 'u32',
} as const

/** A file's identity and version when the fact was noted; all 0 when it could not be asked. Times in nanoseconds since the epoch. */
const stamp = { dev: 'u64', ino: 'u64', size: 'u64', mtimeNs: 'u64', ctimeNs: 'u64' } as const

/**
 * Order matters: the number of a record is its place here, from 1; never renumber, append.
 * Byte strings stand behind the fixed part, each with its u32 length in the fixed part.
 */
export const records = {
  /** A new image: after exec, or the first of the tree. argv is NUL-separated, cut at maxArgv with flag `truncated`. */
  exec: { parent: 'u32', ...stamp, executable: 'bytes', interpreter: 'bytes', cwd: 'bytes', argv: 'bytes' },
  /** A child that goes on in the same image. */
  fork: { parent: 'u32' },
  /** Seen when libc ends the process; a killed one has none. `status` as given to exit. */
  exit: { status: 'i32' },
  /** Opened or touched content; `access` is a set of `accessBits`. The stamp is that of the file before the access. */
  file: { access: 'u32', mode: 'u32', ...stamp, path: 'bytes' },
  /** End of life of a descriptor open for writing whose file had changed, or that is still open at exit or exec (`open` bit). Stamp: now. */
  settled: { access: 'u32', mode: 'u32', ...stamp, path: 'bytes' },
  /** `replaced…`: the file that stood at `to` before, 0 for none. The stamp is that of the moved file. */
  rename: {
    kind: 'u32',
    mode: 'u32',
    ...stamp,
    replacedDev: 'u64',
    replacedIno: 'u64',
    replacedMode: 'u32',
    from: 'bytes',
    to: 'bytes',
  },
  link: { mode: 'u32', ...stamp, from: 'bytes', to: 'bytes' },
  symlink: { target: 'bytes', path: 'bytes' },
  /** `links`: names left after the removal. */
  unlink: { mode: 'u32', links: 'u32', ...stamp, path: 'bytes' },
  mkdir: { path: 'bytes' },
  /** Another name by which the program reached a file: a symlink's own path. */
  name: { dev: 'u64', ino: 'u64', path: 'bytes', target: 'bytes' },
  /** What can't be seen; `code` is a gap code, `count` how often. */
  gap: { count: 'u32', code: 'bytes', detail: 'bytes' },
  /** A program waits to destroy bytes that the job has read, until `ticket` is released. */
  hold: { ticket: 'u64', ...stamp, path: 'bytes' },
  /** This process is about to start a child that this tracer cannot enter; `code` says why. */
  unseen: { code: 'bytes', executable: 'bytes', argv: 'bytes' },
} as const satisfies Readonly<Record<string, Fields>>

/** Of `file.access` and `settled.access`. */
export const accessBits = {
  read: 1,
  written: 2,
  created: 4,
  truncated: 8,
  appended: 16,
  mapped: 32,
  /** A writable shared mapping: may have been written. */
  mayWrite: 64,
  executed: 128,
  /** Concluded from positions, modes and stamps, not seen as a call. */
  inferred: 256,
  /** Only opened for reading / for writing. */
  openedRead: 512,
  openedWrite: 1024,
  /** Still open when noted. */
  open: 2048,
  /** Made without a name (O_TMPFILE, memfd), or its last name is gone. */
  unnamed: 4096,
  /** The file existed before this process opened it for writing. */
  existed: 8192,
} as const

export const renameKinds = { plain: 0, exchange: 1, whiteout: 2 } as const

/** Of a record header. */
export const recordFlags = {
  /** A byte string was cut. */
  truncated: 1,
  /** The path is as the program gave it, made absolute by hand; the kernel's own could not be asked. */
  lexical: 2,
  /** The path is as seen inside another root or mount namespace. */
  foreignNamespace: 4,
  /** Written on behalf of a child: a spawn's file action; a `fork` by which the parent says that the child is there. */
  forChild: 8,
  /** The path is the name by which the file was reached; it is gone. */
  gone: 16,
} as const
