/** How a package of Python was installed, of what its URL says: from an index, from a repository, or in place. */
import { posix } from 'node:path'
import type { PackageUse } from '@roar/core'

type Named = Pick<PackageUse, 'name' | 'version' | 'purl'>

/** `git+https://host/project@COMMIT`; null of one from an index. */
export const repositoryOf = ({ purl }: Pick<Named, 'purl'>): string | null => qualifier(purl, 'vcs_url')

/** As pip understands it. */
export function requirementOf({ name, version, purl }: Named): string {
  const vcs = repositoryOf({ purl })
  if (vcs === null) return `${name}==${version}`
  // An address without a host is no URL to older pips (packaging before 24).
  return /^\w+\+file:/.test(vcs) ? `${vcs}#egg=${name}` : `${name} @ ${vcs}`
}

/** Of a project that was installed in place: its directory, relative to the workspace within it, else absolute; null for all others. */
export const inPlace = ({ purl }: Named): string | null => qualifier(purl, 'editable')

/** It may be installed again: what lies beside the workspace is only led to. */
export const isWithin = (project: string): boolean =>
  !project.startsWith('/') && !posix.normalize(project).startsWith('..')

function qualifier(purl: string, name: string): string | null {
  const query = purl.split('?')[1]?.split('#')[0] ?? ''
  const pair = query.split('&').find((one) => one.startsWith(`${name}=`))
  return pair === undefined ? null : decodeURIComponent(pair.slice(name.length + 1))
}
