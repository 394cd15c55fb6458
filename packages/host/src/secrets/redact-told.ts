/** Takes out what a name tells of in other forms than `name=value`: a line of settings, a header, an argument of a call, Windows' options, netrc. */
import { isSecretOf, type NamePolicy } from './redact-named.ts'
import { kindOfName, marker, suspicionOf } from './secret-names.ts'

/** `password: x` is all of a line: within a sentence it is none. */
const line = /((?:^|\n)[ \t]*(?:-[ \t]+)?)([A-Za-z][\w.-]*)(:[ \t]*)([^\s'"]+)(?=[ \t]*(?:#[^\n]*)?(?:\n|$))/g
/** `/password:x`, `--password:x` */
const colonOption = /((?<![^\s])(?:\/|--?))([A-Za-z][\w-]*)(:)([^\s'"/]+)/g
/** `putenv("TOKEN", "x")`, `["--token", "x"]` */
const argument =
  /((?:(?<=\b(?:putenv|setenv|setdefault|set)\(\s?)["']|["']--?))([A-Za-z][\w.-]*)(["']\s?,\s?["'])([^"'\n]+)(?=["'])/g
const netrc = /\b(login\s+\S+\s+password\s+)([^\s'"]+)/g

export function withoutTold(text: string, policy: NamePolicy): string {
  let clean = text
  const judged = (all: string, before: string, name: string, between: string, value: string): string =>
    isSecretOf(name, value, policy) ? `${before}${name}${between}${marker(kindOfName(name))}` : all
  if (clean.includes(':')) {
    clean = clean.replace(line, judged)
    clean = clean.replace(colonOption, (all, before: string, name: string, between: string, value: string) =>
      suspicionOf(name) === 'sure' ? judged(all, before, name, between, value) : all,
    )
  }
  if (clean.includes(',')) clean = clean.replace(argument, judged)
  return clean.includes('password') ? clean.replace(netrc, `$1${marker('password')}`) : clean
}
