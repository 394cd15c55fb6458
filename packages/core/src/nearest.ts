/** Which of the known words was probably meant. */
export function nearest(word: string, known: readonly string[], limit = 1): readonly string[] {
  const reach = Math.max(1, Math.floor(word.length / 3))
  return known
    .map((candidate) => ({ candidate, distance: closeness(word, candidate) }))
    .filter(({ distance }) => distance <= reach)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}

const closeness = (word: string, candidate: string): number =>
  // What somebody cut short counts as one slip, however long the rest.
  word.length >= 3 && candidate.startsWith(word) ? 1 : editDistance(word.toLowerCase(), candidate.toLowerCase())

/** Damerau's distance, restricted: swapping two neighbours is one slip, as it is on a keyboard. */
export function editDistance(a: string, b: string): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let best = Math.min((last[j] as number) + 1, (row[j - 1] as number) + 1, (last[j - 1] as number) + (same ? 0 : 1))
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) best = Math.min(best, (before[j - 2] as number) + 1)
      row.push(best)
    }
    before = last
    last = row
  }
  return last[b.length] as number
}
