/** Two lists of paths, each in the order of bytes, are walked side by side: no map of a million paths is made. */
import type { BytePath } from '../byte-path.ts'

/** For each of `paths` its place in `among`, or -1. */
export function joinPlaces(paths: readonly BytePath[], among: readonly BytePath[]): Int32Array {
  const places = new Int32Array(paths.length).fill(-1)
  let at = 0
  for (let i = 0; i < paths.length; i++) {
    const path = paths[i] as BytePath
    while (at < among.length && (among[at] as BytePath) < path) at++
    if (among[at] === path) places[i] = at
  }
  return places
}

/** In the order of bytes, each once. */
export function union(one: readonly BytePath[], other: readonly BytePath[]): readonly BytePath[] {
  if (other.length === 0) return one
  const all = [...one, ...other].sort()
  return all.filter((path, i) => path !== all[i - 1])
}
