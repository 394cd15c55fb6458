/** What the decoder yields: one plain object a record. Paths are latin1 strings, one char per byte. */
export interface EventBase {
  /** Order across all processes of the run. */
  readonly sequence: number
  readonly pid: number
  readonly tid: number
  /** `recordFlags`. */
  readonly flags: number
}

/** Decimal-free identity of a file, fit for Map keys: `dev:ino`. */
export interface Stamp {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}

export interface ExecEvent extends EventBase, Stamp {
  readonly type: 'exec'
  readonly parent: number
  readonly executable: string
  readonly interpreter: string
  readonly cwd: string
  /** NUL-separated. */
  readonly argv: string
}
export interface ForkEvent extends EventBase {
  readonly type: 'fork'
  readonly parent: number
}
export interface ExitEvent extends EventBase {
  readonly type: 'exit'
  readonly status: number
}
export interface FileEvent extends EventBase, Stamp {
  readonly type: 'file' | 'settled'
  readonly access: number
  /** st_mode; 0 when unknown. */
  readonly mode: number
  readonly path: string
}
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
export interface LinkEvent extends EventBase, Stamp {
  readonly type: 'link'
  readonly mode: number
  readonly from: string
  readonly to: string
}
export interface SymlinkEvent extends EventBase {
  readonly type: 'symlink'
  readonly target: string
  readonly path: string
}
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
export interface NameEvent extends EventBase {
  readonly type: 'name'
  readonly dev: bigint
  readonly ino: bigint
  readonly path: string
  readonly target: string
}
export interface GapEvent extends EventBase {
  readonly type: 'gap'
  readonly count: number
  readonly code: string
  readonly detail: string
}
export interface HoldEvent extends EventBase, Stamp {
  readonly type: 'hold'
  readonly ticket: bigint
  readonly path: string
}
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
