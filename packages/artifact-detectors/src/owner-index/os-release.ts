/** Which system is this? https://www.freedesktop.org/software/systemd/man/latest/os-release.html */
import type { BytePath, Probe } from '@roar/core'

export interface OsRelease {
  /** `debian`, `ubuntu`, `fedora`, `alpine`. */
  readonly id: string
  readonly version: string | null
}

/** In the order in which they count. */
export const osReleaseFiles = ['/etc/os-release', '/usr/lib/os-release'] as readonly string[] as readonly BytePath[]

export function osRelease(probe: Probe): OsRelease | null {
  const text = osReleaseFiles.map((file) => probe.text(file)).find((one) => one !== null) ?? null
  const id = text === null ? undefined : fieldOf(text, 'ID')
  return text === null || id === undefined ? null : { id, version: fieldOf(text, 'VERSION_ID') ?? null }
}

export const distroQualifier = (release: OsRelease | null): string | null =>
  release && (release.version === null ? release.id : `${release.id}-${release.version}`)

const fieldOf = (text: string, name: string): string | undefined =>
  new RegExp(`^${name}=(["']?)(.*)\\1$`, 'm').exec(text)?.[2]
