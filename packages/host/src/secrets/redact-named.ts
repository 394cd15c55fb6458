/** Takes out what stands behind a telling name: `password=…`, `"client_secret": "…"`, `os.environ["TOKEN"] = "…"`. */
import { kindOfName, marker, suspicionOf } from './secret-names.ts'
import { isPlace, mayBeSecret, saysNothing } from './secret-values.ts'

export interface NamePolicy {
  /** Names whose values are secret, and names whose values are none. */
  readonly isNamed: (name: string) => boolean
  readonly isKept: (name: string) => boolean
}

/** The name alone. Its value may hold another one that tells more: `--env=TOKEN=x`, `dict(token='x')`, `url=https://h/?token=x`. */
const naming =
  /(?<![\w.-])(\\?["']|)([A-Za-z_-][\w.-]*)\1[\]}]?[ \t]{0,2}(?:==?|%3D|:(?=[ \t]?\[?\\?["']))[ \t]{0,2}(?:\[(?=["']))?/g
const valueForm = /\\"[^"\n]*?\\"|"[^"]*"|'[^']*'|`[^`]*`|[^\s&;,'"`|)<>]+/y
/** Longer values that are no secrets are not looked into: a text of a megabyte may be one name behind the other. */
const lookedInto = 1024

export function withoutNamed(text: string, policy: NamePolicy): string {
  let [clean, at] = ['', 0]
  naming.lastIndex = 0
  for (let found = naming.exec(text); found; found = naming.exec(text)) {
    const from = naming.lastIndex
    const name = bareName(found[2] as string)
    const given = mayTell(name, policy) ? valueAt(text, from) : ''
    const inner = /^\\?["'`]/.exec(given) ? given.replace(/^\\?["'`]|\\?["'`]$/g, '') : given
    const end = from + given.length
    if (isSecretOf(name, inner, policy) && !isPartition(text, found.index, name)) {
      clean += `${text.slice(at, from)}${given.replace(inner, () => marker(kindOfName(name)))}`
      naming.lastIndex = at = end
    } else if (given.length > lookedInto) naming.lastIndex = end
  }
  return clean + text.slice(at)
}

/** `sales/token=abc/part-0.parquet`: a directory of a partitioned set. */
const isPartition = (text: string, at: number, name: string): boolean =>
  !/pass|pwd|secret/i.test(name) && /(?:^|[\s"'=])[^\s"'?&;]*[\w-]\/$/.test(text.slice(Math.max(0, at - 300), at))

/** Behind its last dot; of `secret.key` both. */
const bareName = (name: string): string => {
  const own = name.endsWith('.key') ? name.replace(/\.key$/, '_key') : name
  return own.slice(own.lastIndexOf('.') + 1).replace(/^-+/, '')
}
export const mayTell = (name: string, { isNamed }: NamePolicy): boolean => suspicionOf(name) !== null || isNamed(name)

function valueAt(text: string, at: number): string {
  valueForm.lastIndex = at
  return valueForm.exec(text)?.[0] ?? ''
}

export const isSecretOf = (name: string, value: string, { isNamed, isKept }: NamePolicy): boolean =>
  !saysNothing(value) && !isKept(name) && (isNamed(name) || isSecretValue(name, value))

/** Behind a name of its own. */
export function isSecretValue(name: string, value: string): boolean {
  const suspicion = suspicionOf(name)
  if (suspicion === null || saysNothing(value)) return false
  return suspicion === 'sure' ? !isPlace(value) && !isOther(name, value) : mayBeSecret(value)
}

/** `ffmpeg -pass 1` is the first of two, and `--signature "f(x)"` is a function's. */
const isOther = (name: string, value: string): boolean =>
  (/(?:pass|pw)$/i.test(name) && /^\d{1,2}$/.test(value)) || (/signature$/i.test(name) && /[\s(]/.test(value))
