/** Where a distribution was installed from, as its direct_url.json says: https://packaging.python.org/en/latest/specifications/direct-url */
import { fileURLToPath } from 'node:url'
import { type BytePath, fromString } from '@roar/core'

export interface DirectUrl {
  /** Where the sources of an editable installation lie. */
  readonly root?: BytePath
  /** As of `Named`. */
  readonly vcs?: string
}

/** Empty for an archive, and for what cannot be read. */
export function readDirectUrl(text: string): DirectUrl {
  try {
    const { url, dir_info, vcs_info } = JSON.parse(text)
    if (dir_info?.editable === true) return { root: fromString(fileURLToPath(url)).replace(/\/$/, '') as BytePath }
    if (typeof vcs_info?.commit_id !== 'string') return {}
    return { vcs: `${vcs_info.vcs}+${withoutUser(url)}@${vcs_info.commit_id}` }
  } catch {
    return {}
  }
}

/** `git@` of an address for ssh is no secret, and needed. */
function withoutUser(address: string): string {
  const url = new URL(address)
  url.password = ''
  if (/^https?:$/.test(url.protocol)) url.username = ''
  return url.href
}
