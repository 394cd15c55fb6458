/** What the decoder yields: one plain object a record. Paths are latin1 strings, one char per byte. */
export interface EventBase {
  /** Order across all processes of the run. */
  readonly sequence: number
  readonly pid: number
  readonly tid: number
  /** `recordFlags`. */
  readonly flags: number
}

/** A file's identity (`dev`, `ino`) and version: bytes, and nanoseconds since the epoch. All zero where nobody could ask. */
export interface Stamp {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}

/** A process has become another program; the stamp is of its file. */
export interface ExecEvent extends EventBase, Stamp {
  readonly type: 'exec'
  readonly parent: number
  readonly executable: string
  readonly interpreter: string
  readonly cwd: string
  /** NUL-separated. */
  readonly argv: string
}
/** `pid` is the child's. */
export interface ForkEvent extends EventBase {
  readonly type: 'fork'
  readonly parent: number
}
/** `status`: as it was given to exit(3); a process that was killed has no such event. */
export interface ExitEvent extends EventBase {
  readonly type: 'exit'
  readonly status: number
}
/** What a process does with a file, in bits (`accessBits`). `settled`: found out behind it, by comparing. */
export interface FileEvent extends EventBase, Stamp {
  readonly type: 'file' | 'settled'
  readonly access: number
  /** st_mode; 0 when unknown. */
  readonly mode: number
  readonly path: string
}
/** The stamp is of what moved; `kind` is one of `renameKinds`. */
export interface RenameEvent extends EventBase, Stamp {
  readonly type: 'rename'
  readonly kind: number
  readonly mode: number
  readonly replacedDev: bigint
  readonly replacedIno: bigint
  /** st_mode of what stood at `to`; 0 when nothing did. */
  readonly replacedMode: number
  readonly from: string
  readonly to: string
}
/** A further name of one file. */
export interface LinkEvent extends EventBase, Stamp {
  readonly type: 'link'
  readonly mode: number
  readonly from: string
  readonly to: string
}
/** `target`: as it was written. */
export interface SymlinkEvent extends EventBase {
  readonly type: 'symlink'
  readonly target: string
  readonly path: string
}
/** `links`: the names that it still has. */
export interface UnlinkEvent extends EventBase, Stamp {
  readonly type: 'unlink'
  readonly mode: number
  readonly links: number
  readonly path: string
}
export interface MkdirEvent extends EventBase {
  readonly type: 'mkdir'
  readonly path: string
}
/** A program reached a file by `path`, a name of a link; `target` is where it led. */
export interface NameEvent extends EventBase {
  readonly type: 'name'
  readonly dev: bigint
  readonly ino: bigint
  readonly path: string
  readonly target: string
}
/** Something was not seen; the codes have pages in docs/gaps. */
export interface GapEvent extends EventBase {
  readonly type: 'gap'
  readonly count: number
  readonly code: string
  readonly detail: string
}
/** A process waits with a change until the digest of these bytes is taken. */
export interface HoldEvent extends EventBase, Stamp {
  readonly type: 'hold'
  readonly ticket: bigint
  readonly path: string
}
/** A program begins that the tracer cannot follow. */
export interface UnseenEvent extends EventBase {
  readonly type: 'unseen'
  readonly code: string
  readonly executable: string
  readonly argv: string
}
export type TraceEvent =
  | ExecEvent
  | ForkEvent
  | ExitEvent
  | FileEvent
  | RenameEvent
  | LinkEvent
  | SymlinkEvent
  | UnlinkEvent
  | MkdirEvent
  | NameEvent
  | GapEvent
  | HoldEvent
  | UnseenEvent
