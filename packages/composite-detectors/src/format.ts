/** What one format says of itself: how it is recognised, which files belong to it, and whether it is finished. */
import type { BytePath } from '@roar/core'
import type { Directory } from './directory.ts'

export interface Format {
  /** As it is recorded. */
  readonly name: string
  readonly about: About
  /** Is this directory the root of such a composite? */
  readonly isRoot?: (at: Directory) => boolean
  /** Of a set of files beside each other: what the set is called that this file belongs to, or null. */
  readonly family?: (name: string, at: Directory) => string | null
  /** Of a set of files: nothing but numbers says that they are one. */
  readonly isCounted?: (name: string, at: Directory) => boolean
  /** While the directory's names are at hand: what it remembers of them spares another listing. */
  readonly glance?: (at: Directory) => void
  /** Its files may be called anything. Of others the names have an ending, or a total. */
  readonly hasAnyName?: boolean
  /** Absent: everything below belongs to it, and it is always whole. */
  readonly members?: (paths: readonly BytePath[], at: Directory, family: string | null) => Said
}

/** For docs/formats.md. */
export interface About {
  readonly title: string
  readonly recognised: string
  readonly members: string
  readonly whole: string
}

export interface Said {
  /** Null: all. */
  readonly members: readonly BytePath[] | null
  readonly incomplete: string | null
  readonly elsewhere?: readonly string[]
  readonly carriesData?: (path: BytePath) => boolean
}

export const whole: Said = { members: null, incomplete: null }

/** All of them, and this is why they are not enough. */
export const unless = (ok: boolean, why: string): Said => ({ members: null, incomplete: ok ? null : why })

/** Only these. */
export function only(
  paths: readonly BytePath[],
  belongs: (path: BytePath) => boolean,
  incomplete: string | null = null,
): Said {
  return { members: paths.filter(belongs), incomplete }
}

/** Of what a table is by now. */
export const filesMissing = (count: number, of: string): string =>
  count === 1 ? `1 file of the ${of} is missing` : `${count} files of the ${of} are missing`
