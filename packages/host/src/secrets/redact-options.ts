/** What an option says of the word behind it, or of its own: by its name, or by the program that it is one of. */
import { clients, cookieOption, type ProgramRule, programs, userOption } from './program-options.ts'
import { isSecretValue, type NamePolicy } from './redact-named.ts'
import { commandName, withoutSaid } from './redact-said.ts'
import { redactText } from './redact-text.ts'
import { kindOfName, marker } from './secret-names.ts'
import { isPlace, saysNothing } from './secret-values.ts'

/** What a command's own program says of its word `i`, by what stands before it; null: nothing. */
export function optionsOf(words: readonly string[]): (i: number) => string | null {
  const first = firstOf(words)
  const program = baseName(words[first] ?? '')
  const rules = programs.filter((one) => one.name.test(program) && (one.with === undefined || words.includes(one.with)))
  return (i) => {
    if (i <= first) return null
    const [before, word] = [words[i - 1] as string, words[i] as string]
    const place = i - first > furthest ? null : [program, ...words.slice(first + 1, i)].join(' ')
    return ofPrograms(before, word, rules, place) ?? ofClient(program, before, word)
  }
}

/** Words that are told by their place are among the first. */
const furthest = 12
/** Of the program whose words these are. Wrappers have options of their own before it, and names of machines and containers. */
function firstOf(words: readonly string[]): number {
  const first = words.findIndex((word) => !/^\w+=/.test(word) && !wrapper.test(baseName(word)))
  if (
    !words.slice(0, Math.max(first, 0)).some((word) => wrapper.test(word)) &&
    !starter.test(baseName(words[first] ?? ''))
  )
    return first
  const told = words.findIndex((word, i) => i >= first && i < first + furthest && isTold(baseName(word)))
  return told < 0 ? first : told
}

const isTold = (program: string): boolean =>
  !starter.test(program) && (clients.test(program) || programs.some(({ name }) => name.test(program)))
/** They start another program somewhere else, behind words of their own. */
const starter =
  /^(?:ssh|docker|podman|nerdctl|kubectl|srun|mpirun|mpiexec|strace|ltrace|flock|watch|parallel|unbuffer|singularity|apptainer)$/
/** They start the program whose options follow. */
const wrapper = /^(?:env|sudo|doas|nice|nohup|time|timeout|stdbuf|xargs|setsid|ionice|taskset|numactl|chrt|exec)$/
const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** `--password hunter2`, `config set password hunter2`; null: nothing. */
export function announced(
  before: string,
  word: string,
  { isNamed, isKept }: NamePolicy,
  verb: string | undefined,
): string | null {
  const name = (/^(?:--)?set$/.test(verb ?? '') ? /([A-Za-z][\w.-]+)$/ : /^--?([A-Za-z][\w.-]+)$/).exec(before)?.[1]
  if (name !== undefined && commandName.test(name)) return withoutSaid(word)
  if (name === undefined || isKept(name) || saysNothing(word)) return null
  // Another option stands where a flag had no value.
  if (/^--?[a-z]/i.test(word) && !/\d/.test(word)) return null
  return isNamed(name) || isSecretValue(name, word) ? specific(word, kindOfName(name), { isNamed, isKept }) : null
}

/** What an issuer marks is named by him. */
function specific(word: string, kind: string, policy: NamePolicy): string {
  const clean = redactText(word, policy)
  return /^<redacted:(?!high-entropy)[\w-]+>$/.test(clean) ? clean : marker(kind)
}

function ofPrograms(before: string, word: string, rules: readonly ProgramRule[], place: string | null): string | null {
  for (const { option, attached, behind } of rules) {
    const isTold = option?.test(before) || (place !== null && behind?.test(place))
    if (isTold && word !== '' && !isPlace(word) && !/^-|<redacted:/.test(word)) return marker('password')
    const part = attached?.exec(word)?.[1]
    if (part === undefined || saysNothing(part)) continue
    const at = word.lastIndexOf(part)
    return `${word.slice(0, at)}${marker('password')}${word.slice(at + part.length)}`
  }
  return null
}

function ofClient(program: string, before: string, word: string): string | null {
  if (!clients.test(program) || word.includes('<redacted:')) return null
  if (cookieOption.test(before) && /=/.test(word)) return marker('cookie')
  const isUser = userOption.test(before) || /^(?:-[uU]|--(?:user|proxy-user|auth)=)[^\s:%]/.test(word)
  // An address and a token, without a password.
  if (isUser && /^[^\s:]*\d[^\s:]*:$/.test(word) && word.length > 16) return `${marker('token')}:`
  const at = isUser ? word.search(program === 'lftp' ? /[:,]/ : /[:%]/) : -1
  return at > 0 && at < word.length - 1 ? `${word.slice(0, at + 1)}${marker('password')}` : null
}
