/** `blake3:3f0c12ab9d01`: the first algorithm's digest, long enough to be found again. */
export function shortDigest(digests: Readonly<Record<string, string>>): string {
  const [first] = Object.entries(digests)
  return first ? `${first[0]}:${first[1].slice(0, 12)}` : ''
}
