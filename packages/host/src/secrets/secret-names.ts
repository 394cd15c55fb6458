/** Which names stand before secrets: of variables, of options, of headers and of fields. */

// TOKENIZERS_PARALLELISM and the like are settings of tokenizers; PWD and OLDPWD are directories.
const secretVariable =
  /KEYS?(?:_|\d|$)|TOKEN(?!I[SZ])|SECRET|PASSW|PASSPHRASE|CREDENTIAL|(?:^|_)(?:PASS|PWD|PW|AUTH|AUTHORIZATION|PAT|JWT|COOKIE|DSN|SAS|PRIVATE|SIGNATURE|MNEMONIC|SEED_PHRASE)(?:_|\d|$)/i

/** Of a variable, whose value is then not recorded whatever it is. */
export const isSecretName = (name: string): boolean => secretVariable.test(name) && name !== 'PWD'

/** What follows these is secret whatever it looks like. */
const surely =
  /(?:^|[_-])(?:pass(?:wd|word|phrase|code|in|out)?|passwort|pwd|pw|secret|secrets|credentials?|bearer|pat|jwt|authorization|sas|mnemonic|seed[_-]?phrase|recovery[_-]?phrase)(?:$|[_-]?(?:value|text|string|base64|b64|hash|\d+)$)|(?:api|access|secret|private|account|shared|master|signing|encryption|auth|hmac|license|session|deploy|storage|service|client|consumer|admin|user|app|application|subscription|ssh|[a-z0-9]*db)[_-]?(?:key|secret|pass|password|passwd|pwd)s?$|(?:^|[_-])(?:signature|sig)$|secret_key_base$|(?:^|[_-])[a-z]*(?:password|passwd|passphrase|apikey|accesskey|secretkey|privatekey|clientsecret|storepass|keypass)$/i

/** Tokens of language models, and of texts. */
const tokenOfText =
  /(?:^|[_-])(?:eos|bos|pad|unk|sep|cls|mask|special|stop|start|end|max|min|num|new|per|image|text|audio|video|vocab|sub|next|total|prompt|input|output|n|of|added|extra|first|last|all|no|begin|context|completion|cost|budget|think|thinking|reasoning)(?:[_-]new)?[_-]?tokens?/i
const token = /(?:^|[_-])[a-z0-9]*token$/i
/** What follows these may be secret: the value has to look like one. */
const maybe =
  /(?<!mon|tur|hoc|don|whis|hot)key(?!board|word|frame|point|pad|note|space)|token(?!i[sz])|auth(?!or(?!iz))|secret|cookie|signature|^sig$|dsn|private|creds|hmac/i

export type Suspicion = 'sure' | 'possible' | null

/** Of an option, a header or a field: `db-password`, `X-Api-Key`, `clientSecret`. */
export function suspicionOf(name: string): Suspicion {
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
  if (/public[_-]?key/i.test(plain)) return null
  if (surely.test(plain)) return 'sure'
  if (token.test(plain)) return tokenOfText.test(plain) ? null : 'sure'
  return maybe.test(plain) && !tokenOfText.test(plain) ? 'possible' : null
}

export const marker = (kind: string): string => `<redacted:${kind}>`

/** Stands in the marker. */
export function kindOfName(name: string): string {
  if (/pass|pwd|(?:^|[_-])pw(?:$|[_-])/i.test(name)) return 'password'
  if (/token|bearer|jwt|\bpat\b/i.test(name)) return 'token'
  return /key/i.test(name) ? 'key' : 'secret'
}
