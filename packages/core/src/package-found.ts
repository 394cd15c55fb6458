/** What a detector tells of packages and of the files that they left: whose, by which record, made from what. */
import type { BytePath } from './byte-path.ts'
import type { FileStamp } from './file-stamp.ts'

/** A package in use. */
export interface PackageFound {
  /** As in a package URL's type where there is one: `pypi`, `npm`, `deb`, … */
  readonly ecosystem: string
  readonly package: string
  readonly version: string | null
  /** https://github.com/package-url/purl-spec. Without it one is made of ecosystem, name and version. */
  readonly purl?: string
  /** Where it is installed; without it, the first file of it that was used. */
  readonly location?: BytePath
  /** Only its metadata was looked at, as a listing of what is installed does: that alone is no use. */
  readonly incidental?: boolean
}

export interface PackageRecord {
  /** The file that the digest is of: the source, where bytecode made from it was read. */
  readonly file: BytePath
  /** Where it is written: what was found right once is not looked up again while this file stays the same. */
  readonly record: BytePath
  /** Reads the record. `digest` in lower-case hex. */
  expected(): { readonly algorithm: string; readonly digest: string } | null
}

export interface MadeFrom {
  readonly source: BytePath
  /** Is that the version it was made from? */
  fits(stamp: FileStamp): boolean
}
