/** Is the place of an edge a URL? A recorded path never is: it is canonical, so there is no `//` in it. */
export const isUrl = (path: string): boolean => /^[a-z][a-z0-9+.-]*:\/\/./i.test(path)
