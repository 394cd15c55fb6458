/** A path as 38 bits. One of 400,000 packaged files is mistaken for another with a chance of 1 in 700,000. */

/** Two multiplicative hashes, mixed (after cyrb53, https://github.com/bryc/code, public domain). */
export function pathKey(path: string): number {
  let [a, b] = [0xdeadbeef, 0x41c6ce57]
  for (let i = 0; i < path.length; i++) {
    const c = path.charCodeAt(i)
    a = Math.imul(a ^ c, 2654435761)
    b = Math.imul(b ^ c, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return (b & 0x3f) * 2 ** 32 + (a >>> 0)
}

/**
 * Since /usr was merged, /lib is a link to /usr/lib; package lists name either, the job's paths are canonical. `/usr/bin` and `/bin` are one here, also
 * where they are two directories: nobody ships different programs in them.
 */
export const unmerged = (path: string): string => (merged.test(path) ? path.slice(4) : path)
const merged = /^\/usr\/(?:bin|sbin|lib|lib32|lib64|libx32)\//
