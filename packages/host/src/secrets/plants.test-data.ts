/** Secrets as issuers make them, put together when a test runs: in this file no scanner and no reader meets one. */
import { createHash } from 'node:crypto'

const alphabets = {
  hex: '0123456789abcdef',
  lower: 'abcdefghijklmnopqrstuvwxyz0123456789',
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567',
  base62: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789',
  base64url: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_',
  base64: 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/',
  digits: '0123456789',
}
type Alphabet = keyof typeof alphabets

/** The same at every run, and different for each seed; ends in a letter or digit, as words do. */
export function random(seed: string, alphabet: Alphabet, length: number): string {
  const symbols = alphabets[alphabet]
  let text = ''
  for (let block = 0; text.length < length; block++)
    for (const byte of createHash('sha256').update(`${seed}/${block}`).digest())
      if (byte < 256 - (256 % symbols.length)) text += symbols[byte % symbols.length]
  const cut = text.slice(0, length)
  return /[A-Za-z0-9]$/.test(cut) ? cut : `${cut.slice(0, -1)}a`
}

export interface Plant {
  /** What the marker has to say; null: only that it is gone. */
  readonly kind: string | null
  readonly secret: string
  /** Without a name before it, it looks like a digest or a word. */
  readonly needsName?: boolean
}

type Maker = (part: (alphabet: Alphabet, length: number) => string) => string

const makers: readonly (readonly [kind: string, make: Maker])[] = [
  ['github-token', (r) => `gh${'p'}_${r('base62', 36)}`],
  ['github-token', (r) => `github_${'pat'}_${r('base62', 22)}_${r('base62', 59)}`],
  ['gitlab-token', (r) => `gl${'pat'}-${r('base64url', 20)}`],
  ['aws-access-key', (r) => `AK${'IA'}${r('upper', 16)}`],
  ['google-key', (r) => `AI${'za'}${r('base64url', 35)}`],
  ['google-token', (r) => `ya${'29'}.a0${r('base64url', 90)}`],
  ['google-client-secret', (r) => `GOC${'SPX'}-${r('base64url', 28)}`],
  ['azure-key', (r) => `${r('base64', 86)}==`],
  ['azure-client-secret', (r) => `${r('base62', 3)}8${'Q~'}${r('base64url', 34)}`],
  ['hugging-face-token', (r) => `h${'f_'}${r('base62', 34)}`],
  ['openai-key', (r) => `sk-${'proj'}-${r('base64url', 74)}`],
  ['openai-key', (r) => `s${'k-'}${r('base62', 48)}`],
  ['anthropic-key', (r) => `sk-${'ant'}-api03-${r('base64url', 93)}AA`],
  ['groq-key', (r) => `gs${'k_'}${r('base62', 52)}`],
  ['replicate-token', (r) => `r${'8_'}${r('base62', 37)}`],
  ['stripe-key', (r) => `sk_${'live'}_${r('base62', 24)}`],
  ['slack-token', (r) => `xo${'xb'}-${r('digits', 12)}-${r('digits', 12)}-${r('base62', 24)}`],
  ['sendgrid-key', (r) => `S${'G.'}${r('base64url', 22)}.${r('base64url', 43)}`],
  ['twilio-key', (r) => `S${'K'}${r('hex', 32)}`],
  ['mailgun-key', (r) => `ke${'y-'}${r('hex', 32)}`],
  ['telegram-token', (r) => `${`1${r('digits', 9)}`}:A${r('base64url', 34)}`],
  ['discord-token', (r) => `M${r('base62', 23)}.${r('base62', 6)}.${r('base64url', 27)}`],
  ['npm-token', (r) => `np${'m_'}${r('base62', 36)}`],
  ['pypi-token', (r) => `py${'pi'}-AgEI${r('base64url', 150)}`],
  ['docker-token', (r) => `dckr_${'pat'}_${r('base64url', 27)}`],
  ['digitalocean-token', (r) => `dop_${'v1'}_${r('hex', 64)}`],
  ['databricks-token', (r) => `da${'pi'}${r('hex', 32)}`],
  ['grafana-token', (r) => `gl${'sa'}_${r('base62', 32)}_${r('hex', 8)}`],
  ['new-relic-key', (r) => `NR${'AK'}-${r('upper', 27)}`],
  ['shopify-token', (r) => `shp${'at'}_${r('hex', 32)}`],
  ['linear-key', (r) => `lin_${'api'}_${r('base62', 40)}`],
  ['notion-token', (r) => `nt${'n_'}${r('base62', 46)}`],
  ['vault-token', (r) => `hv${'s.'}${r('base62', 90)}`],
  ['terraform-token', (r) => `${r('base62', 14)}.atlas${'v1'}.${r('base64url', 67)}`],
  ['tailscale-key', (r) => `tskey-${'auth'}-${r('base62', 12)}-${r('base62', 32)}`],
  ['age-key', (r) => `AGE-SECRET-${'KEY'}-1${r('upper', 58)}`],
  ['json-web-token', (r) => `ey${'Jh'}${r('base64url', 30)}.ey${'Jz'}${r('base64url', 60)}.${r('base64url', 43)}`],
  ['gitlab-token', (r) => `GR${'13489'}41${r('base64url', 20)}`],
  ['mailgun-key', (r) => `${r('hex', 32)}-${r('hex', 8)}-${r('hex', 8)}`],
  ['elevenlabs-key', (r) => `sk${'_'}${r('hex', 48)}`],
  ['neon-key', (r) => `na${'pi_'}${r('lower', 64)}`],
  ['runpod-key', (r) => `rp${'a_'}${r('upper', 36)}${r('lower', 6)}`],
  ['asana-token', (r) => `2/${`1${r('digits', 15)}`}/${`1${r('digits', 15)}`}:${r('hex', 32)}`],
  ['launchdarkly-key', (r) => `sd${'k-'}${uuidOf(r('hex', 32))}`],
  [
    'onepassword-key',
    (r) => `A${'3-'}${r('upper', 6)}-${r('upper', 6)}-${r('upper', 5)}-${r('upper', 5)}-${r('upper', 5)}`,
  ],
  ['hubspot-token', (r) => `pat-${'na1'}-${uuidOf(r('hex', 32))}`],
  ['cursor-key', (r) => `ke${'y_'}${r('hex', 64)}`],
  ['harness-token', (r) => `pa${'t.'}${r('base62', 22)}.${r('hex', 24)}.${r('base62', 20)}`],
  ['readme-key', (r) => `rd${'me_'}${r('lower', 70)}`],
  ['octopus-key', (r) => `AP${'I-'}${r('upper', 26)}`],
  ['flutterwave-key', (r) => `FLW${'SECK'}_TEST-${r('hex', 32)}-X`],
  ['lob-key', (r) => `li${'ve_'}${r('hex', 35)}`],
  ['rapidapi-key', (r) => `${r('lower', 10)}ms${'h'}${r('lower', 15)}p1${r('lower', 6)}jsn${r('lower', 12)}`],
  ['firecrawl-key', (r) => `fc${'-'}${r('hex', 32)}`],
  ['age-key', (r) => `AGE-SECRET-${'KEY'}-PQ-1${r('upper', 58)}`],
  ['crates-token', (r) => `ci${'o'}X7${r('base62', 30)}`],
  ['render-key', (r) => `rn${'d_'}${r('base62', 28)}`],
  ['zhipu-key', (r) => `${r('hex', 32)}${'.'}A1${r('base62', 14)}`],
  ['high-entropy', (r) => r('base62', 40)],
]

const uuidOf = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

/** Five of each kind, and passwords that nothing but their names betrays. */
export const plants: readonly Plant[] = [
  ...[0, 1, 2, 3, 4].flatMap((round) =>
    makers.map(([kind, make], i) => ({
      kind: kind === 'high-entropy' ? null : kind,
      secret: make((alphabet, length) => random(`${kind}/${i}/${round}/${length}`, alphabet, length)),
    })),
  ),
  ...Array.from({ length: 12 }, (_, i) => ({
    kind: null,
    secret: `${['hunter', 'Tr0ub4dor', 'letmein'][i % 3]}${random(`password/${i}`, 'lower', 6)}`,
    needsName: true,
  })),
  ...Array.from({ length: 8 }, (_, i) => ({
    kind: null,
    secret: random(`hex/${i}`, 'hex', 32 + 8 * (i % 2)),
    needsName: true,
  })),
]

/** Keys have lines. */
export const privateKey = (seed: string): string => {
  const [begin, end] = ['BEGIN', 'END'].map((word) => `-----${word} OPENSSH ${'PRIVATE'} KEY-----`)
  const lines = [0, 1, 2, 3].map((i) => random(`${seed}/${i}`, 'base64', 70))
  return `${begin}\n${lines.join('\n')}\n${end}`
}
