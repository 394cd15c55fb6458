/**
 * Whose a workspace is. Its settings name plugins, which are code, variables of every command, and the registry; it is found upwards, so anybody who
 * may write to a directory above us could lay one there. As git with a repository (safe.directory): the user's own, root's, or one that they trust.
 */
import { lstatSync, type Stats, statfsSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { RoarError } from '@roar/core'
import { canonical } from './find-workspace.ts'

/** `trusted`: roots of workspaces, `*` for all. `owners`: who is asked nothing of. */
export function requireTrusted(directory: string, trusted: readonly string[], owners = trustedOwners()): void {
  if (owners === null) return
  const fault = faultIn(directory, owners)
  if (fault === null) return
  const root = dirname(directory)
  if (trusted.some((one) => one === '*' || one === root || canonical(one) === root)) return
  throw unsafe(root, fault)
}

/** Null where files have no owners. Who became root by sudo is still meant by their own workspace. */
function trustedOwners(env = process.env): ReadonlySet<number> | null {
  const own = process.geteuid?.()
  if (own === undefined) return null
  const before = own === 0 && /^\d+$/.test(env.SUDO_UID ?? '') ? [Number(env.SUDO_UID)] : []
  return new Set([own, 0, ...before])
}

interface Fault {
  readonly what: string
  readonly mend: string
}

function faultIn(directory: string, owners: ReadonlySet<number>): Fault | null {
  const link = lstatSync(directory, { throwIfNoEntry: false })
  const found = statSync(directory, { throwIfNoEntry: false })
  if (!link || !found) return null
  const mine = ownerFault(directory, link, owners) ?? ownerFault(directory, found, owners)
  if (mine) return mine
  if (isWritable(found) && keepsModes(directory)) return writable(directory)
  // Nobody else comes as far as its files.
  if ((found.mode & 0o011) === 0) return null
  return fileFault(join(directory, 'config.toml'), owners) ?? fileFault(join(directory, 'plugins.lock'), owners)
}

function fileFault(file: string, owners: ReadonlySet<number>): Fault | null {
  const found = statSync(file, { throwIfNoEntry: false })
  if (!found) return null
  const mine = ownerFault(file, found, owners)
  if (mine) return mine
  return found.isFile() && isWritable(found) && keepsModes(file) ? writable(file) : null
}

const ownerFault = (path: string, { uid }: Stats, owners: ReadonlySet<number>): Fault | null =>
  owners.has(uid) ? null : { what: `${path} belongs to another user (${uid}).`, mend: `chown -R "$(id -u)" ${path}` }

const isWritable = ({ mode }: Stats): boolean => (mode & 0o022) !== 0

const writable = (path: string): Fault => ({ what: `${path} can be written by others.`, mend: `chmod go-w ${path}` })

/** vfat, exfat, two of NTFS, 9p (WSL), two of CIFS, FUSE, vboxsf: every file may have the same mode there, and nobody can change it. */
const modeless = new Set([
  ...[0x4d44, 0x2011bab0, 0x5346544e, 0x7366746e, 0x01021997],
  ...[0xff534d42, 0xfe534d42, 0x65735546, 0x786f4256],
])

const keepsModes = (path: string): boolean => !modeless.has(statfsSync(path).type >>> 0)

const unsafe = (root: string, { what, mend }: Fault): RoarError =>
  new RoarError('ROAR_WORKSPACE_UNSAFE', `the workspace ${root} may be another user's: nothing of it is read`, {
    cause: `${what} A workspace's plugins are code, and its settings say what is run with and where it is published.`,
    remedy: [
      `roar config set --user workspace.trusted ${root}   if you trust everybody who can write there`,
      mend,
      'cd to your project, then: roar init   for a workspace of your own',
    ],
    data: { workspace: root },
  })
