/** What a script needs only for some plans: functions of the shell, each said once. */
import { outputDirectories } from './output-directories.ts'
import type { Plan, PlannedInput } from './plan.ts'

export const helpersOf = ({ recipe, environments, inputs }: Plan): readonly string[] => [
  ...(recipe.steps.some((step) => outputDirectories(step).length > 0) ? withDirectories : []),
  ...(environments.some((one) => one.kind === 'node') ? installNode : []),
  ...(inputs.some((one) => provable(one) !== null) ? proven : []),
  ...(inputs.some((one) => one.state === 'member') ? member : []),
]

/** The digest that the script can look at; a composite's is no file's. */
export function provable({ kind, state, digests }: PlannedInput): readonly [algorithm: string, digest: string] | null {
  if (kind !== 'file' || (state !== 'found' && state !== 'member')) return null
  return Object.entries(digests).find(([algorithm]) => algorithm === 'sha256' || algorithm === 'blake3') ?? null
}

/** As a run does it: directories are made only for a step that fails without them, since many make their own. */
const withDirectories = [
  '',
  '# with_directories DIRECTORY…: runs the step; one that fails runs again with those directories of its outputs that are not there, each time one level more.',
  'with_directories() {',
  '  for directory; do shift; [ -d "$directory" ] || set -- "$@" "$directory"; done',
  '  made= own=',
  '  until recorded_step; do',
  '    status=$? level= new=',
  '    for directory; do',
  '      case $made$own in *"//$directory//"*) continue ;; esac',
  '      if [ -d "$directory" ]; then own="$own//$directory//"; continue; fi',
  '      depth=$(printf %s/ "$directory" | tr -cd / | wc -c)',
  '      [ -n "$level" ] || level=$depth',
  '      if [ "$level" -eq "$depth" ]; then new="$new//$directory//"; fi',
  '    done',
  '    [ -n "$new" ] || exit "$status"',
  '    made=$made$new',
  '    echo "failed; once more with the directories of its outputs: $made" >&2',
  '    for directory; do rm -rf -- "$directory"; done',
  '    for directory; do case $made in *"//$directory//"*) mkdir -p -- "$directory" ;; esac; done',
  '  done',
  '}',
]

/** The order is that of a run. */
const installNode = [
  '',
  '# With the program whose lock file is in the commit.',
  'install_node() {',
  '  if [ -f npm-shrinkwrap.json ] || [ -f package-lock.json ]; then npm ci',
  '  elif [ -f pnpm-lock.yaml ]; then pnpm install --frozen-lockfile',
  "  elif grep -q '^__metadata:' yarn.lock; then yarn install --immutable",
  '  else yarn install --frozen-lockfile',
  '  fi',
  '}',
]

const proven = [
  '',
  '# proven ALGORITHM DIGEST FILE: an input must be the one that was recorded.',
  'proven() {',
  '  case $1 in',
  '    sha256) found=$(sha256sum <"$3") ;;',
  '    *) if command -v b3sum >/dev/null; then found=$(b3sum <"$3"); else found=$(roar hash -- "$3"); fi ;;',
  '  esac',
  '  [ "$(echo "$found" | cut -d " " -f 1)" = "$2" ] || { echo "$3 is not the one that was recorded: $1 $2" >&2; exit 1; }',
  '}',
]

const member = [
  '',
  '# member SIZE ALGORITHM DIGEST DIRECTORY FILE: the file with that content, out of what a step has made.',
  'member() {',
  '  [ -e "$5" ] || find "$4" -type f -size "$1"c | while IFS= read -r one; do',
  '    if (proven "$2" "$3" "$one") 2>/dev/null; then cp -- "$one" "$5"; break; fi',
  '  done',
  '  [ -e "$5" ] || { echo "nothing in $4 is $5: $2 $3" >&2; exit 1; }',
  '}',
]
