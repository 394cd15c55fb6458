/** Remembers one answer a directory: most files of a run lie beside many others. */
export function byDirectory<T>(look: (directory: string) => T): (path: string) => T {
  const known = new Map<string, { readonly answer: T }>()
  let last = ''
  let lastFound: { readonly answer: T } | undefined
  return (path) => {
    const cut = path.lastIndexOf('/')
    // Neighbours come one after the other: then nothing is cut out or looked up.
    if (lastFound !== undefined && cut === last.length && path.startsWith(last)) return lastFound.answer
    last = path.slice(0, cut)
    lastFound = known.get(last)
    if (lastFound === undefined) {
      lastFound = { answer: look(last) }
      known.set(last, lastFound)
    }
    return lastFound.answer
  }
}

/** For what is asked of one directory many times, and then of another one. */
export function lastOnce<T>(look: (directory: string) => T): (directory: string) => T {
  let last: { readonly directory: string; readonly answer: T } | undefined
  return (directory) => {
    if (last?.directory !== directory) last = { directory, answer: look(directory) }
    return last.answer
  }
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** Without the dot, lower case; empty for `Makefile` and for `.bashrc`. */
export function extension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot > 0 ? name.slice(dot + 1).toLowerCase() : ''
}

/** Is it the directory itself, or does it lie in it? */
export const isWithin = (path: string, directory: string): boolean =>
  path.startsWith(directory) && (path.length === directory.length || path.charCodeAt(directory.length) === 47)
