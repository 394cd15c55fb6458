/** Takes secrets out of a text: what issuers mark, what stands behind a telling name, in an address or a header, and what looks random. */
import { anyIssued, issuedRules } from './issued-rules.ts'
import { isSecretValue, type NamePolicy, withoutNamed } from './redact-named.ts'
import { withoutTold } from './redact-told.ts'
import { marker } from './secret-names.ts'
import { isNamedOpenly, isPlace, looksRandom, mayBeSecret, saysNothing } from './secret-values.ts'

/** Shorter than this nothing but a name before it makes a secret. */
const longRun = /[\w+/=.~-]{16,}/
/**
 * Every issued form has a run like this: the many forms are compiled and tried only where there is one, which is in no path and no list of options.
 * Words of small letters alone are none. Looked for from the beginning of each run only: a text of a megabyte is one.
 */
const issuedRun = /(?<![\w+=~-])(?=[a-z+=~-]*[A-Z0-9_])[\w+=~-]{15,}/
/** The parts of these may be shorter. */
const issuedInAddress = /\/(?:hooks|t|app|live2)\//
const userInAddress = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)([^/\s@:'"<>]*):([^/\s'"<>]*)@/gi
/** With a slash in the password; a port is none. */
const slashedUser =
  /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)([^/\s@:'"<>]+):(?!\d{1,5}\/)([^\s'"<>@?#]*\/[^\s'"<>@?#]*)@(?=[\w-]*[a-z][\w-]*[.:/])/gi
/** `me:password@host.example:3128`, as proxies and some clients are told. An image has a digest there, a package its version. */
const userOfHost =
  /(?<![\w@:/.-])(:pserver:|[\w.-]+\/)?([A-Za-z][\w.-]*):([^\s'"<>@/:]{8,})@(?!sha\d)(?=[a-z][\w-]*(?:\.[a-z][\w-]*|:[\d/])|(?:\d{1,3}\.){3}\d)/gi
/** Oracle's addresses have no slashes before the user. */
const userOfOracle = /(jdbc:oracle:\w+:[^/@\s]+\/)([^@\s"']+)(?=@)/gi
const tokenInAddress = /(?<![a-z0-9+.-])([a-z][a-z0-9+.-]*:\/\/)([^/\s@:'"<>]{20,})@/gi
/** One of these stands in whatever the next two match: a small question before two that take long to compile. */
const telling = /auth|cookie|key|token|secret|bearer|basic|digest/i
const spoken = /\b(bearer|basic|token|apikey|digest)[ \t]+([\w+/=.~-]{8,})/gi
const header =
  /(?<![\w-])((?:proxy-)?authorization|(?:set-)?cookie|x-[\w-]*(?:key|token|auth|secret)[\w-]*|private-token|api-key|apikey|[a-z][\w-]*-(?:key|token|secret))(:[ \t]*)((?:bearer|basic|token|digest|apikey)[ \t]+)?((?!(?:bearer|basic|token|digest|apikey)[ \t])[^\s'"<>;,]{4,})/gi
/** Behind a scheme that we do not know: `Authorization: Splunk …`. */
const ownScheme =
  /(?<![\w-])((?:proxy-)?authorization:[ \t]*[A-Za-z][\w-]*[ \t]+)([^\s'"<>;,=]*\d[^\s'"<>;,=]*)(?=$|['"\s])/gi
/** All of them, to the end of the line or of its quotes. */
const cookies = /(?<![\w-])((?:set-)?cookie:[ \t]*)([^'"<>\n]+)/gi
const digestResponse = /(\bresponse=")([0-9a-f]{32,64})(?=")/g

export function redactText(text: string, policy: NamePolicy): string {
  let clean = text
  if (issuedRun.test(text) || issuedInAddress.test(text) || /-----BEGIN|Private-Lines/.test(text))
    clean = withoutIssued(clean)
  if (clean.includes('://')) clean = withoutUsers(clean)
  if (clean.includes('@')) clean = clean.replace(userOfHost, withoutHostUser)
  if (clean.includes('jdbc:oracle')) clean = clean.replace(userOfOracle, `$1${marker('password')}`)
  const tells = telling.test(clean)
  if (/[:=]|%3D/.test(clean)) clean = withoutNamed(tells ? withoutHeaders(clean) : clean, policy)
  clean = withoutTold(clean, policy)
  if (tells && clean.includes(' '))
    clean = clean.replace(spoken, (all, word: string, value: string) => keptSpoken(all, word, value))
  if (longRun.test(clean)) clean = clean.replace(/((?:\bh1:|\bsha\d+:)?)([\w+/=.~-]{20,})/g, withoutRandom)
  return clean
}

function withoutIssued(text: string): string {
  if (!anyIssued.test(text)) return text
  return issuedRules.reduce((clean, { kind, form }) => clean.replace(form, marker(kind)), text)
}

const withoutUsers = (text: string): string =>
  text
    .replace(userInAddress, (all, scheme: string, user: string, password: string) =>
      isUserToken(user, password)
        ? `${scheme}${marker('token')}:${password}@`
        : saysNothing(password) || isPlace(password)
          ? all
          : `${scheme}${user}:${marker('password')}@`,
    )
    .replace(slashedUser, (all, scheme: string, user: string, password: string) =>
      mayBeSecret(password) && !password.includes('<redacted:') && !/\.git$/.test(password)
        ? `${scheme}${user}:${marker('password')}@`
        : all,
    )
    .replace(tokenInAddress, (all, scheme: string, user: string) =>
      saysNothing(user) ? all : `${scheme}${marker('token')}@`,
    )

/** The user is a token where the password only fills its place. */
const isUserToken = (user: string, password: string): boolean =>
  password === 'x-oauth-basic' ? !saysNothing(user) : password === '' && user.length >= 16 && /\d/.test(user)

const withoutHostUser = (all: string, before: string | undefined, user: string, password: string): string =>
  mayBeSecret(password) && !/^v?\d[\w.-]*$/.test(password) && !password.includes('<redacted:')
    ? `${before ?? ''}${user}:${marker('password')}@`
    : all

const withoutHeaders = (given: string): string =>
  given
    .replace(cookies, (all, before: string, value: string) =>
      value.includes('=') ? `${before}${marker('cookie')}` : all,
    )
    .replace(ownScheme, (all, before: string, value: string) =>
      value.length < 8 || saysNothing(value) ? all : `${before}${marker('token')}`,
    )
    .replace(digestResponse, `$1${marker('token')}`)
    .replace(header, (all, name: string, colon: string, scheme: string | undefined, value: string) =>
      saysNothing(value) || isPlace(value) || !isOfHeader(name, value)
        ? all
        : `${name}${colon}${scheme ?? ''}${marker(kindOfHeader(name, scheme))}`,
    )

/** `Ocp-Apim-Subscription-Key: …`; but `sort-key: name`. */
const isOfHeader = (name: string, value: string): boolean =>
  /^(?:x-|(?:proxy-)?auth|(?:set-)?cookie|private-|api)/i.test(name) || isSecretValue(name, value)

const kindOfHeader = (name: string, scheme = ''): string =>
  /basic/i.test(scheme) ? 'password' : /cookie/i.test(name) ? 'cookie' : /key/i.test(name + scheme) ? 'key' : 'token'

const keptSpoken = (all: string, word: string, value: string): string =>
  saysNothing(value) || !/\d|[A-Z].*[a-z].*[A-Z]/.test(value) || isPlace(value) ? all : `${word} ${marker('token')}`

/** A random word may have a name before it (`id=…`), which the name's own rules have judged. */
function withoutRandom(all: string, digest: string, word: string): string {
  if (digest !== '') return all
  const cut = word.lastIndexOf('=', word.length - 3) + 1
  const [name, value] = [word.slice(0, cut), word.slice(cut)]
  return looksRandom(value) && !isNamedOpenly(name, value) ? `${name}${marker('high-entropy')}` : word
}
