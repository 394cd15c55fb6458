/** By which a file is known again. */
/** Identity and version of a file's bytes: nanoseconds since the epoch for times. */
export interface FileStamp {
  readonly dev: bigint
  readonly ino: bigint
  readonly size: bigint
  readonly mtimeNs: bigint
  readonly ctimeNs: bigint
}
