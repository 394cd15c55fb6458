/** A .gitignore line for one path: anchored at the root, and with nothing in it that git would take for a pattern. */
export const ignoreLine = (path: string): string =>
  `/${path.replace(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (spaces) => spaces.replaceAll(' ', '\\ '))}`
