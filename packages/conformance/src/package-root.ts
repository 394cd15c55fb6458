/** Where the package lies: its cases are sources that are compiled where they are tried. The same from `src/` and from `dist/`. */
import { fileURLToPath } from 'node:url'

export const packageRoot = fileURLToPath(new URL('..', import.meta.url))
