/** Takes out what is said to a program that asks for a password: by `echo X |`, by `<<< X`, by the command that shall tell it. */
import { marker } from './secret-names.ts'

const said = String.raw`(?:-n\s+|-e\s+|["']?%s(?:\\n)?["']?\s+)*("[^"]*"|'[^']*'|[^\s|;&)"']+)`
/** They read a password from what they are given, without being told so by a name. */
const asking = String.raw`(?:sudo\s+(?:-\w+\s+)*-\w*S|(?:sudo\s+)?(?:chpasswd|passwd\s[^|;&\n]*--stdin|kinit|cryptsetup|gocryptfs|ecryptfs-add-passphrase)\b|(?:\S*/)?gpg2?\s[^|;&\n]*--passphrase-fd|(?:gh\s+(?:auth\s+login|secret\s+set)|glab\s+auth\s+login|gcloud\s+secrets|wrangler\s+secret\s+put|vault\s+login|read\s+(?:-\w+\s+)*\w*(?:pass|pw|token|secret|key))|--\w*(?:password|passphrase|token|key|secret)-?stdin)`
const piped = new RegExp(String.raw`\b((?:echo|printf)\s+)${said}(?=\s*\|\s*(?:[^|;&\n]*(?=--))?${asking})`, 'g')
const given = new RegExp(String.raw`((?:^|[\s;&|(])${asking}[^|;&<\n]*<<<\s*)("[^"]*"|'[^']*'|[^\s|;&"']+)`, 'gi')
/** `<<EOF` and the line behind it. */
const here = new RegExp(
  String.raw`((?:^|[\s;&|(])${asking}[^|;&<\n]*<<-?\s*["']?(\w+)["']?[^\n]*\n)([^\n]+)(?=\n\s*\2(?:\n|$))`,
  'g',
)
/** `--password-command`, `db_password_cmd`: what it prints is one. */
export const commandName = /(?:pass(?:word|phrase|wd)?|secret|token|key|credentials?)[-_]?(?:command|cmd)$/i
const inCommand = /(?:pass(?:word|phrase|wd)?|secret|token|key|credentials?)[-_]?(?:command|cmd)[=\s]/i
const echoed = new RegExp(String.raw`\b((?:echo|printf)\s+)${said}`, 'g')

export function withoutAsked(line: string): string {
  let clean = line
  if (clean.includes('|')) clean = clean.replace(piped, hidden)
  if (clean.includes('<<'))
    clean = clean
      .replace(given, hidden)
      .replace(here, (all, before: string, _end: string, word: string) => hidden(all, before, word))
  return clean
}

/** Of the command that prints a password: what it says itself; null: nothing. */
export function withoutSaid(command: string): string | null {
  const clean = command.replace(echoed, hidden)
  return clean === command ? null : clean
}

/** `--password-command='echo X'` is one word, and may stand within a line. */
export function withoutCommands(text: string): string {
  const at = text.search(inCommand)
  return at < 0 ? text : text.slice(0, at) + (withoutSaid(text.slice(at)) ?? text.slice(at))
}

/** A variable is not expanded yet. */
function hidden(all: string, before: string, word: string): string {
  if (/^["']?(?:\$|<redacted:)/.test(word)) return all
  const quote = /^(["']).*\1$/s.exec(word)?.[1] ?? ''
  return `${before}${quote}${marker('password')}${quote}`
}
