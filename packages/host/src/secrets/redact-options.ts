/** What an option says of the word behind it, or of its own: by its name, or by the program that it is one of. */
import { isSecretValue, type NamePolicy } from './redact-named.ts'
import { redactText } from './redact-text.ts'
import { kindOfName, marker } from './secret-names.ts'
import { isPlace, saysNothing } from './secret-values.ts'

/** Options that carry a password in some programs and mean something else in others. */
const programs: readonly {
  readonly name: RegExp
  readonly option: RegExp
  /** Its group is the password. */
  readonly attached?: RegExp
  readonly with?: string
}[] = [
  { name: /^(?:mysql\w*|mariadb\w*)$/, option: /^$/, attached: /^-p(.+)$/ },
  { name: /^sshpass$/, option: /^-p$/, attached: /^-p(.+)$/ },
  { name: /^(?:redis-cli|valkey-cli)$/, option: /^(?:-a|--pass)$/ },
  { name: /^(?:mongo\w*)$/, option: /^-p$/ },
  { name: /^(?:docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|cf)$/, option: /^-p$/, with: 'login' },
  { name: /^twine$/, option: /^-p$/ },
  { name: /^ldap\w+$/, option: /^-w$/ },
  { name: /^(?:sqlcmd|bcp|tsql|isql)$/, option: /^-P$/, attached: /^-P(.+)$/ },
  { name: /^(?:7z|7za|7zz|unzip|zip|rar|unrar)$/, option: /^-P$/, attached: /^-p(.+)$/ },
  { name: /^openssl$/, option: /^-[kK]$/, with: 'enc' },
  { name: /^ssh-keygen$/, option: /^-[NP]$/ },
  { name: /^pdftk$/, option: /^(?:input|owner|user)_pw$/ },
  { name: /^(?:sqlplus|sqlldr|expdp|impdp)$/, option: /^$/, attached: /^(?:userid=)?[\w$#]+\/([^@/\s]+)(?:@.*)?$/ },
  { name: /^wandb$/, option: /^$/, attached: /^([0-9a-f]{40})$/, with: 'login' },
  { name: /^(?:rclone|restic|borg|duplicity)$/, option: /^--(?:pass|password|password2)$/ },
]
/** `user:password` */
const clients = /^(?:curl|wget|http|https|xh|httpie|aria2c|lftp|smbclient|rpcclient)$/
/** A file, where there is no `=` in it. */
const cookieOption = /^(?:-b|--cookie)$/
const userOption = /^(?:-u|-U|--user|--proxy-user|-a|--auth)$/

/** A line without any of them is not looked at word by word. */
export const programsWithOptions =
  /(?<![\w-])(?:openssl|ssh-keygen|pdftk|sqlplus|sqlldr|expdp|impdp|wandb|mysql|mariadb|sshpass|redis-cli|valkey-cli|mongo|docker|podman|nerdctl|buildah|skopeo|helm|oras|crane|az|cf|twine|ldap|sqlcmd|bcp|tsql|isql|7za?|7zz|unzip|zip|rar|unrar|rclone|restic|borg|duplicity|curl|wget|https?|xh|httpie|aria2c|lftp|smbclient|rpcclient)/

/** What the options of a command's own program say of a word and the one before it; null: nothing. */
export function optionsOf(words: readonly string[]): (before: string, word: string) => string | null {
  const program = baseName(words.find((word) => !/^\w+=/.test(word) && !wrapper.test(baseName(word))) ?? '')
  const rule = programs.find((one) => one.name.test(program) && (one.with === undefined || words.includes(one.with)))
  return (before, word) => ofProgram(before, word, rule) ?? ofClient(program, before, word)
}

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
  const name = (verb === 'set' ? /([A-Za-z][\w.-]+)$/ : /^--?([A-Za-z][\w.-]+)$/).exec(before)?.[1]
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

function ofProgram(before: string, word: string, rule: (typeof programs)[number] | undefined): string | null {
  if (rule === undefined) return null
  if (rule.option.test(before) && word !== '' && !isPlace(word) && !word.startsWith('-')) return marker('password')
  const attached = rule.attached?.exec(word)?.[1]
  if (attached === undefined) return null
  const at = word.lastIndexOf(attached)
  return `${word.slice(0, at)}${marker('password')}${word.slice(at + attached.length)}`
}

function ofClient(program: string, before: string, word: string): string | null {
  if (!clients.test(program)) return null
  if (cookieOption.test(before) && /=/.test(word)) return marker('cookie')
  const isUser = userOption.test(before) || /^(?:-[uU]|--(?:user|proxy-user|auth)=)[^\s:%]/.test(word)
  const at = isUser ? word.search(program === 'lftp' ? /[:,]/ : /[:%]/) : -1
  return at > 0 && at < word.length - 1 ? `${word.slice(0, at + 1)}${marker('password')}` : null
}
