/** A path as 38 bits. One of 400,000 packaged files is mistaken for another with a chance of 1 in 700,000. */

/** Two multiplicative hashes, mixed (after cyrb53, https://github.com/bryc/code, public domain). A byte is a char of a path in memory. */
export const seedA = 0xdeadbeef | 0
export const seedB = 0x41c6ce57 | 0
export const multiplierA = 2654435761
export const multiplierB = 1597334677

export function pathKey(path: string): number {
  let [a, b] = [seedA, seedB]
  for (let i = unmergedStart(path); i < path.length; i++) {
    const c = path.charCodeAt(i)
    a = Math.imul(a ^ c, multiplierA)
    b = Math.imul(b ^ c, multiplierB)
  }
  return keyOf(a, b)
}

export function keyOf(hashA: number, hashB: number): number {
  const a = Math.imul(hashA ^ (hashA >>> 16), 2246822507) ^ Math.imul(hashB ^ (hashB >>> 13), 3266489909)
  const b = Math.imul(hashB ^ (hashB >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (b & 0x3f) * 2 ** 32 + (a >>> 0)
}

/**
 * Since /usr was merged, /lib is a link to /usr/lib; package lists name either, the job's paths are canonical. `/usr/bin` and `/bin` are one here, also
 * where they are two directories: nobody ships different programs in them.
 */
export const unmerged = (path: string): string => path.slice(unmergedStart(path))

const merged = /^\/usr\/(?:bin|sbin|lib|lib32|lib64|libx32)\//
const unmergedStart = (path: string): number => (path.startsWith('/usr/') && merged.test(path) ? 4 : 0)

/** The same for a path among other bytes. */
export function mergedLength(bytes: Uint8Array, at: number): number {
  // Most paths that are not of /usr are told by their first letter, most of its others by that of the folder.
  if (bytes[at + 1] !== 117) return 0
  const c = bytes[at + 5]
  if (c !== 98 && c !== 115 && c !== 108) return 0
  return mergedNames.some((name) => startsWith(bytes, at, name)) ? 4 : 0
}

const mergedNames = ['lib', 'bin', 'sbin', 'lib32', 'lib64', 'libx32'].map((name) => Buffer.from(`/usr/${name}/`))

function startsWith(bytes: Uint8Array, at: number, name: Uint8Array): boolean {
  for (let i = 0; i < name.length; i++) if (bytes[at + i] !== name[i]) return false
  return true
}
