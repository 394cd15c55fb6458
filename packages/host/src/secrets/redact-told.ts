/** Takes out what a name tells of in other forms than `name=value`: a line of settings, a header, an argument of a call, Windows' options, netrc. */
import { isSecretOf, type NamePolicy } from './redact-named.ts'
import { kindOfName, marker, suspicionOf } from './secret-names.ts'
import { saysNothing } from './secret-values.ts'

/** `password: x` is all of a line: within a sentence it is none. Printed ones end in two characters that mean the end. */
const line =
  /((?:^|\n|\\n|(?<=["'])(?=[^'"\n]*\\n))[ \t]*(?:-[ \t]+)?)([A-Za-z][\w.-]*)(:[ \t]*)((?:(?!\\n)[^\s'"])+)(?=[ \t]*(?:#[^\n]*)?(?:\n|\\n|$))/g
/** `echo "password: x" > settings.yml`; but `print("password: none")`. */
const quotedLine = /((?<=\becho\s+["'])[ \t]*)([A-Za-z][\w.-]*)(:[ \t]*)([^\s'"]*\d[^\s'"]*)(?=["'])/g
/** `<password>x</password>` */
const element = /(<)([A-Za-z][\w:.-]*)(>)([^<>\n]+)(?=<\/\2>)/g
/** `/password:x`, `--password:x` */
const colonOption = /((?<![^\s])(?:\/|--?))([A-Za-z][\w-]*)(:)([^\s'"/]+)/g
/** `putenv("TOKEN", "x")`, `["--token", "x"]` */
const argument =
  /((?:(?<=\b(?:putenv|setenv|setdefault|set)\(\s?)["']|["']--?))([A-Za-z][\w.-]*)(["']\s?,\s?["'])([^"'\n]+)(?=["'])/g
/** Of a user and a password that a call is given one behind the other: `auth=('me', 'x')`, `HTTPBasicAuth('me', 'x')`. */
const pair = /((?:\bauth\s?=\s?|\bHTTP\w*Auth|\.login)\(\s?(["'])[^"'\n]*\2\s?,\s?(["']))([^"'\n]+)(?=\3\s?\))/g
/** `IDENTIFIED BY 'x'`, `WITH PASSWORD 'x'`, `PASSWORD('x')`, `SECRET 'x'` */
const statement =
  /((?:\bidentified\s+(?:with\s+\w+\s+)?by\s+(?:password\s+)?|\b(?:with|encrypted)\s+password\s+|\b(?:create|alter)\s+(?:user|role)\b[^;'"]{0,200}\bpassword\s+|\bConvertTo-SecureString\s+(?:-String\s+)?|=\s?password\s?\(\s?|\bpragma\s+(?:re)?key\s*=\s*|(?<=,\s?)\bsecret\s+)(["']))([^"'\n]+)(?=\2)/gi
/** What `expect` answers to a prompt. */
const answer = /(ass(?:word|phrase)[^\n;]{0,40}[;\n{]\s*send\s+(?:--\s+)?["{])([^"\\\n]+)(?=\\[rn])/g
const netrc = /\b(login\s+\S+\s+password\s+)([^\s'"]+)/g

export function withoutTold(text: string, policy: NamePolicy): string {
  let clean = text
  const judged = (all: string, before: string, name: string, between: string, value: string): string =>
    isSecretOf(name, value, policy) ? `${before}${name}${between}${marker(kindOfName(name))}` : all
  if (clean.includes(':')) {
    clean = clean.replace(line, judged).replace(quotedLine, judged)
    clean = clean.replace(colonOption, (all, before: string, name: string, between: string, value: string) =>
      suspicionOf(name) === 'sure' ? judged(all, before, name, between, value) : all,
    )
  }
  if (clean.includes('</')) clean = clean.replace(element, judged)
  if (clean.includes(',')) clean = clean.replace(argument, judged)
  return withoutSpoken(clean)
}

function withoutSpoken(text: string): string {
  const hidden = (all: string, before: string, ...more: string[]): string =>
    saysNothing(more.at(-1) as string) || /^[$%{]/.test(more.at(-1) as string) ? all : `${before}${marker('password')}`
  let clean = text
  if (/auth|\.login\(/i.test(clean))
    clean = clean.replace(pair, (all, before, _a, _b, value) => hidden(all, before, value))
  if (/identified|password|pragma|secur|secret/i.test(clean))
    clean = clean.replace(statement, (all, before, _a, value) => hidden(all, before, value))
  if (clean.includes('send')) clean = clean.replace(answer, (all, before, value) => hidden(all, before, value))
  return clean.includes('password') ? clean.replace(netrc, `$1${marker('password')}`) : clean
}
