/** What values look like: random texts, and what is none although it is long. */

/** Names of graphics cards, of machines and of disks hold them. */
const uuid = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi
/** Digests that are no hex: subresource integrity, and identifiers of content; public keys of SSH. https://www.w3.org/TR/SRI, https://github.com/multiformats/cid */
const digest =
  /^(?:sha(?:1|256|384|512)[-:=]|AAAA(?:B3NzaC1yc2E|C3NzaC1lZDI1NTE5|E2VjZHNh|Gn[NS]r)|Qm[1-9A-HJ-NP-Za-km-z]{44}$|baf[a-z2-7]{50,}|z(?:b2rh|dj7W)[1-9A-HJ-NP-Za-km-z]{44}$)/

/**
 * Capitals, small letters and digits in no order. Sixteen symbols are not enough for it: digests and identifiers in hex are no secrets. A path has
 * slashes between its parts, a secret in base64 one in 64 characters. Names have capitals at the beginnings of words and digits at the end; in a
 * random text the kind of character changes at more than every third place.
 */
export function looksRandom(text: string): boolean {
  if (digest.test(text)) return false
  const word = text.replace(uuid, '')
  // A file's name has an ending.
  if (/\.[a-z][a-z0-9]{0,7}$/.test(word)) return false
  // One component of a path is not as long.
  if (/^\/[\w+]{39,}={0,2}$/.test(word)) return looksRandom(word.slice(1).replace(/=+$/, ''))
  if (/^[./~]/.test(word) || word.split('/').length > 3 + word.length / 48) return false
  if (!/[a-z]/.test(word) || !/[A-Z]/.test(word) || !/\d/.test(word)) return false
  const letters = word.replace(/[^A-Za-z0-9]/g, '')
  if (letters.length < 20 || word.length - letters.length > word.length / 8 + 2) return false
  // The secret keys of AWS, and of those who followed, have 40 characters.
  if (/^[A-Za-z0-9+/]{40}$/.test(word)) return changes(letters) >= letters.length * 0.28 && entropy(letters) >= 4.3
  return changes(letters) >= letters.length * 0.36 && entropy(letters) >= 3.8 && !readsLikeWords(letters)
}

/** Before digests, which are no hex in some stores, and before identifiers: `Content-MD5`, `--checksum-sha256`, `uc?id=`. */
const openName =
  /(?:^|[^a-z])(?:(?:content-?)?md5|sha-?\d{1,3}|crc[\w-]*|digest|checksum|etag|integrity|(?:file|folder|doc|sheet)?_?id)=?$/i
const digestForm = /^[A-Za-z0-9+/]{6,}={0,2}$/
const identifier = /^[\w-]{20,50}$/

export const isNamedOpenly = (name: string, value: string): boolean =>
  openName.test(name) && (/id=?$/i.test(name) ? identifier : digestForm).test(value)

/** The pairs of letters that most words are made of, in English and in names of programs: a fifth of all pairs, four fifths of those in words. */
const commonPairs = new Set(
  (
    'th he in er an re on at en nd ti es or te of ed is it al ar st to nt ng se ha as ou io le ve co me de hi ri ro ic ne ea ra ce li ch ll be ma si ' +
    'om ur ca el ta la ns di fo ho pe ec pr no ct us ac ot il tr ly nc et ut ss so rs un lo wa ge ie wh ee wi em ad ol rt po we na ul ni ts mo ow pa im ' +
    'mi ai sh ir su id os iv ia am fi ci vi pl ig tu ev ld ry mp fe bl ab gh ty op wo sa ay ex ke fr oo av ag if ap gr od bo sp rd do uc bu ei ov by rm ep ' +
    'tt oc fa ef cu rn sc gi da yo cr cl du ga qu ue ff ba ey ls va um pp ua up lu go ht ru ug ds lt pi rc rr eg au ck ew mu br bi pt ak pu ui rg ib tl ny ' +
    'ki rk ys ob mm fu ph og ms ye ud mb ip ub oi rl gu dr hr cc tw ft wn nu af hu nn eo vo rv nf xp gn sm fl iz ok nl my gl aw ju oa eq sy sl ps jo lf nv ' +
    'je nk kn gs dy hy ze ks xt bs ik dd pt rp sk xi oe oy ws lv dl rf eu dg wr xa yi nm eb rb tm xc eh tc gy ja hn yp za gg ym sw bj lm cs ii ix xe oh lk'
  ).split(' '),
)

function readsLikeWords(letters: string): boolean {
  let [pairs, common] = [0, 0]
  const plain = letters.toLowerCase()
  for (let i = 1; i < plain.length; i++) {
    if (kindAt(plain, i) !== 2 || kindAt(plain, i - 1) !== 2) continue
    pairs++
    if (commonPairs.has(plain.slice(i - 1, i + 1))) common++
  }
  return pairs > 4 && common > pairs * 0.68
}

/** How often the kind of character changes. */
function changes(text: string): number {
  let count = 0
  for (let i = 1; i < text.length; i++) if (kindAt(text, i) !== kindAt(text, i - 1)) count++
  return count
}

function kindAt(text: string, i: number): number {
  const c = text.charCodeAt(i)
  return c < 58 ? 0 : c < 91 ? 1 : 2
}

/** Shannon's, in bits a character. */
function entropy(word: string): number {
  const counts = new Map<string, number>()
  for (const c of word) counts.set(c, (counts.get(c) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / word.length) * Math.log2(count / word.length)
  return bits
}

/** What stands behind `--key` or `--auth` and is no secret: a number, a word, a column, a file. */
export function mayBeSecret(value: string): boolean {
  if (value.length < 8 || isPlace(value)) return false
  return value.length >= 20
    ? /\d/.test(value)
    : /\d/.test(value) && /[a-z]/i.test(value) && !/^[\w-]*[a-z]-?v?\d{1,3}$/i.test(value)
}

/** A secret is often told by the file that it is in; a shell's variable is not expanded yet. Of random texts in base64 one in 64 begins with a slash. */
export const isPlace = (value: string): boolean =>
  (/^\.{0,2}\//.test(value) && !/^\/+[\w+/]{20,}={0,2}$/.test(value)) ||
  (value.startsWith('/') && !looksRandom(value.replace(/^\/+|=+$/g, ''))) ||
  /^(?:~|\$(?:[{(]|\w+(?:$|[/.:]))|%(?:[sdr]?$|\(|[A-Za-z_]\w*%(?:$|\\))|[A-Za-z]:\\|(?:file|env|fd):)/.test(value) ||
  /\.(?:pem|key|json|ya?ml|toml|txt|crt|cer|pub|p12|pfx|jks|gpg|asc|env|ini|cfg|conf|csv|parquet)$/i.test(value)

/** Said instead of a value. */
export const saysNothing = (value: string): boolean =>
  /^(?:|-|true|false|yes|no|on|off|none|null|nil|undefined|auto|default|prompt|stdin|ask|env|\*+|x+|\.{3})$/i.test(
    value,
  ) ||
  value.includes('<redacted:') ||
  // A bracket that a call begins with.
  /^[([{]$/.test(value)
