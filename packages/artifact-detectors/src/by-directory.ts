/** Remembers one answer a directory: most files of a run lie beside many others. */
export function byDirectory<T>(look: (directory: string) => T): (path: string) => T {
  const known = new Map<string, T>()
  return (path) => {
    const directory = path.slice(0, path.lastIndexOf('/'))
    let answer = known.get(directory)
    if (answer === undefined) {
      answer = look(directory)
      known.set(directory, answer)
    }
    return answer
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
