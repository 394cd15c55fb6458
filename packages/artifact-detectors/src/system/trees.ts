/** Which directories belong to the operating system as a whole. */

/** By first component. `/usr/local` and a few others are taken out below. */
const wholly = new Set(
  'bin boot dev etc lib lib32 lib64 libx32 proc run sbin sys usr nix gnu snap lost+found'.split(' '),
)

/** Trees of package managers and of libc's services (sssd maps its tables into every process that asks for a user). */
const varTrees = new Set(
  [
    'lib/dpkg lib/apt lib/aptitude lib/rpm lib/dnf lib/yum lib/zypp lib/pacman lib/apk lib/alternatives lib/ucf lib/pam',
    'lib/systemd lib/dbus lib/polkit-1 lib/sudo lib/misc lib/locales lib/sss lib/nscd lib/man-db lib/mlocate',
    'lib/plocate lib/snapd lib/flatpak lib/ca-certificates-java lib/python lib/texmf lib/ghc lib/sgml-base lib/xml-core',
    'lib/dictionaries-common lib/emacsen-common lib/ispell lib/aspell lib/fontconfig lib/NetworkManager lib/private',
    'lib/binfmts lib/dkms lib/update-notifier lib/command-not-found lib/shells.state lib/xkb lib/gdm3 lib/kernel',
    'cache/apt cache/fontconfig cache/ldconfig cache/man cache/nscd cache/debconf cache/dnf cache/yum cache/pacman',
    'cache/cracklib cache/apparmor db/nscd db/sudo db/timezone db/dyld',
  ].flatMap((line) => line.split(' ')),
)

const darwin = ['/System/', '/Library/', '/Applications/', '/private/etc/', '/private/var/db/', '/cores/']

/** A directory's path in; true when no file in it is anybody's data. */
export function isSystemTree(directory: string, platform: string): boolean {
  const parts = directory.split('/', 4)
  const first = parts[1] ?? ''
  const second = parts[2] ?? ''
  if (first === 'var') return second === 'run' || second === 'lock' || varTrees.has(`${second}/${parts[3] ?? ''}`)
  if (wholly.has(first)) return !isCommonGround(first, second)
  return platform === 'darwin' && darwin.some((tree) => `${directory}/`.startsWith(tree))
}

/** Inside system trees, but where people keep data: local installations, shared memory used as scratch, mounted media. */
const isCommonGround = (first: string, second: string): boolean =>
  (first === 'usr' && second === 'local') ||
  (first === 'dev' && (second === 'shm' || second === 'mqueue')) ||
  (first === 'run' && second === 'media')
