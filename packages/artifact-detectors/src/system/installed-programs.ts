/** Programs that were installed beside the system: /usr/local, folders of /opt, tool chains under the home directory. */
import type { BytePath, Probe } from '@roar/core'
import { isWithin } from '../by-directory.ts'

/** Where a tool chain's versions lie, seen from the home directory; `*` stands for one component. */
const homePrefixes = [
  '.local',
  '.cargo',
  '.deno',
  '.bun',
  '.volta/tools/image/*/*',
  '.pyenv',
  '.pyenv/versions/*',
  '.rbenv/versions/*',
  '.nvm/versions/node/*',
  '.local/share/uv/python/*',
  '.local/share/mise/installs/*/*',
  '.asdf/installs/*/*',
  '.rustup/toolchains/*',
  '.sdkman/candidates/*/*',
  '.juliaup/*',
  '.linuxbrew',
  'go',
].map((prefix) => prefix.split('/'))

/** The folders in which an installation keeps its program, not its user's files. */
const programFolder =
  /^(bin|sbin|lib|lib32|lib64|libexec|include|etc|conf|jmods|legal|man|shims|pyenv\.d|plugins|completions|Cellar)$/
const sharedFolder =
  /^share\/(locale|zoneinfo|terminfo|man|info|doc|fonts?|icu|icons|mime|ca-certificates|bash-completion|zsh|fish|perl\d*|texmf.*|aclocal|pkgconfig|cmake|gdb|glib-2\.0|X11|misc|themes|vim|emacs|git-core|awk|tcl.*|jupyter|applications)(\/|$)/

/** How sure the place is: in `whole` folders every file is the program's, in `mostly` ones those that are no data. */
export type ProgramPlace = 'whole' | 'mostly'

/** Languages keep their libraries in folders of which every file is program. */
const libraryTree =
  /^lib(32|64)?\/(.*\/)?(node_modules|python\d|python\d\.\d+t?|pypy\d\.\d+|ruby|perl\d*|R|gcc|jvm|rustlib|ocaml|ghc.*|go|pkgconfig|cmake|erlang|lua|tcl\S*|gconv|locale|git-core|security|server)(\/|$)/

export function programPlace(directory: string, probe: Probe): ProgramPlace | null {
  // Go keeps its standard library as sources beside its programs.
  if (isWithin(directory, '/usr/local/go')) return 'whole'
  const prefix = prefixOf(directory, probe)
  if (prefix === null) return null
  const inside = directory.slice(prefix.length + 1)
  if (libraryTree.test(inside) || sharedFolder.test(inside)) return 'whole'
  return programFolder.test(inside.split('/', 1)[0] ?? '') ? 'mostly' : null
}

function prefixOf(directory: string, probe: Probe): string | null {
  if (isWithin(directory, '/usr/local')) return ownFolder.exec(directory)?.[0] ?? '/usr/local'
  if (isWithin(directory, '/opt')) return withPrograms(directory, probe)
  const home = homeOf(directory, probe)
  return home === null ? null : homePrefix(directory, home)
}

/** A program is a program too in another user's home, or where HOME points elsewhere, as under sudo and in CI. */
export function homeOf(path: string, { home }: Probe): string | null {
  return isWithin(path, home) ? home : (/^\/(?:root|(?:home|Users)\/[^/]+)(?=\/)/.exec(path)?.[0] ?? null)
}

/** `/usr/local/cuda-12.4/lib64`: an installation of its own, one level down. */
const ownFolder =
  /^\/usr\/local\/(?!(?:s?bin|lib\w*|include|etc|share|man)(?:\/|$))[^/]+(?=\/(?:bin|lib|lib64|include|nvvm|targets|extras)(?:\/|$))/

/** The nearest folder above, below /opt, that has programs. A folder of data has none. */
function withPrograms(directory: string, probe: Probe): string | null {
  const parts = directory.split('/')
  for (let depth = Math.min(parts.length, 6); depth >= 3; depth--) {
    const prefix = parts.slice(0, depth).join('/')
    if (!/\/(bin|lib|lib64)$/.test(prefix) && probe.exists(`${prefix}/bin` as BytePath)) return prefix
  }
  return null
}

function homePrefix(directory: string, home: string): string | null {
  const parts = directory.slice(home.length + 1).split('/')
  let longest = 0
  for (const prefix of homePrefixes) {
    if (prefix.length > longest && prefix.every((part, i) => (part === '*' ? parts[i] : parts[i] === part)))
      longest = prefix.length
  }
  return longest === 0 ? null : [home, ...parts.slice(0, longest)].join('/')
}
