/** Keeps secrets out of records: by the name they stand under, and by how they look. */

export interface RedactionRules {
  /** Further names whose values are secret; `*` matches any text. */
  readonly names: readonly string[]
  /** Names that are no secrets although they look so. */
  readonly keep: readonly string[]
}

export interface Redaction {
  /** The value as it may be recorded. */
  value(name: string, value: string): string
  /** A text without a name of its own, such as a word of a command line. */
  text(text: string): string
}

export const redacted = '[redacted]'

export function createRedaction({ names, keep }: RedactionRules): Redaction {
  const [isNamed, isKept] = [anyPattern(names), anyPattern(keep)]
  return {
    value(name, value) {
      if (isNamed(name)) return redacted
      if (isKept(name)) return value
      return isSecretName(name) ? redacted : withoutSecrets(value)
    },
    text: withoutSecrets,
  }
}

export function anyPattern(patterns: readonly string[]): (name: string) => boolean {
  const exact = new Set(patterns.filter((one) => !one.includes('*')))
  const globs = patterns.filter((one) => one.includes('*')).map(globExpression)
  return (name) => exact.has(name) || globs.some((glob) => glob.test(name))
}

const globExpression = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
      .join('.*')}$`,
    's',
  )

// TOKENIZERS_PARALLELISM and the like are settings of tokenizers; PWD and OLDPWD are directories.
const secretName =
  /KEYS?(?:_|\d|$)|TOKEN(?!I[SZ])|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(?:^|_)(?:PASS|PWD|AUTH|AUTHORIZATION|PAT|JWT|COOKIE|DSN|SAS|PRIVATE|SIGNATURE)(?:_|\d|$)/i

export const isSecretName = (name: string): boolean => secretName.test(name) && name !== 'PWD'

/** What issuers of credentials begin them with, from their own documentation, so that scanners can find them. */
const issued = [
  /\b(?:gh[pousr]|github_pat)_\w{20,}/g,
  /\bgl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soak)-[\w-]{20,}/g,
  /\b(?:A3T[A-Z0-9]|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{16}\b/g,
  /\bAIza[\w-]{35}/g,
  /\bya29\.[\w-]+/g,
  /\bhf_[A-Za-z0-9]{30,}/g,
  /\bsk-[\w-]{20,}/g,
  /\b(?:sk|rk|pk)_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\bnpm_[A-Za-z0-9]{36}/g,
  /\bpypi-[\w-]{50,}/g,
  /\bdop_v1_[0-9a-f]{64}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\bglsa_\w{32,}/g,
  /\bdapi[0-9a-f]{32}\b/g,
  /\bey[JI][\w-]{8,}\.ey[JI][\w-]{8,}\.[\w-]*/g,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]
// Each begins where a word does: a long value without any match is then looked through once, not once a character.
const userInAddress = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)([^/\s@:]*:[^/\s]*|[^/\s@:]{20,})@/gi
const spoken = /\b(bearer|basic)\s+[\w+/=.~-]{8,}/gi
const namedInText = /(?<![\w-])([\w-]+)(=|%3D)([^\s&;,'"]+)/gi

function withoutSecrets(text: string): string {
  let clean = text
    .replace(userInAddress, `$1${redacted}@`)
    .replace(spoken, `$1 ${redacted}`)
    .replace(namedInText, (all, name: string, equals: string) =>
      isSecretName(name.replaceAll('-', '_')) || /^sig$/i.test(name) ? `${name}${equals}${redacted}` : all,
    )
  for (const form of issued) clean = clean.replace(form, redacted)
  return clean.replace(/[\w+/=.~-]{32,}/g, (word) => (looksRandom(word) ? redacted : word))
}

/**
 * Capitals, small letters and digits without order. Sixteen symbols are not enough for it: digests and identifiers in hex are no secrets. A path has
 * slashes between its parts, a secret in base64 one in 64 characters.
 */
function looksRandom(text: string): boolean {
  const word = text.replace(uuid, '')
  if (word.length < 20) return false
  if (/^[./~]/.test(word) || word.split('/').length > 3) return false
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/\d/.test(word)) return false
  return entropy(word) >= 4.3
}

/** Names of graphics cards, of machines and of disks hold them. */
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi

/** Shannon's, in bits a character. */
function entropy(word: string): number {
  const counts = new Map<string, number>()
  for (const c of word) counts.set(c, (counts.get(c) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length)
  return bits
}
