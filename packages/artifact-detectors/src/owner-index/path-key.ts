/** A path as 38 bits. One of 400,000 packaged files is mistaken for another with a chance of 1 in 700,000. */

/** Two multiplicative hashes, mixed (after cyrb53, https://github.com/bryc/code, public domain). */
export class PathKeys {
  #directory = ''
  #a = seedA
  #b = seedB

  /** Neighbours come one after the other: what is known of their directory is not worked out again. */
  of(path: string): number {
    const cut = path.lastIndexOf('/') + 1
    if (cut !== this.#directory.length || !path.startsWith(this.#directory)) this.#enter(path.slice(0, cut))
    let [a, b] = [this.#a, this.#b]
    for (let i = cut; i < path.length; i++) {
      const c = path.charCodeAt(i)
      a = Math.imul(a ^ c, 2654435761)
      b = Math.imul(b ^ c, 1597334677)
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
    return (b & 0x3f) * 2 ** 32 + (a >>> 0)
  }

  #enter(directory: string): void {
    let [a, b] = [seedA, seedB]
    for (let i = unmergedStart(directory); i < directory.length; i++) {
      const c = directory.charCodeAt(i)
      a = Math.imul(a ^ c, 2654435761)
      b = Math.imul(b ^ c, 1597334677)
    }
    this.#directory = directory
    this.#a = a
    this.#b = b
  }
}

const seedA = 0xdeadbeef
const seedB = 0x41c6ce57

export const pathKey = (path: string): number => new PathKeys().of(path)

/**
 * Since /usr was merged, /lib is a link to /usr/lib; package lists name either, the job's paths are canonical. `/usr/bin` and `/bin` are one here, also
 * where they are two directories: nobody ships different programs in them.
 */
export const unmerged = (path: string): string => path.slice(unmergedStart(path))

const merged = /^\/usr\/(?:bin|sbin|lib|lib32|lib64|libx32)\//
const unmergedStart = (path: string): number => (path.startsWith('/usr/') && merged.test(path) ? 4 : 0)
