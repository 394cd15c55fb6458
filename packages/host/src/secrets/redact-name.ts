/** Takes secrets out of names such as `fix-ghp_…`: what an issuer marks may stand behind a dash there, which in a text would make it another word. */

import { issuedRules } from './issued-rules.ts'
import { marker } from './secret-names.ts'

/** As in a text, shorter ones are none. */
const shortest = 16

export function redactName(name: string): string {
  for (let at = name.indexOf('-') + 1; at > 0 && name.length - at >= shortest; at = name.indexOf('-', at) + 1) {
    const kind = kindOf(name.slice(at))
    // What follows belongs to the secret, or cannot be told from it.
    if (kind !== null) return `${name.slice(0, at)}${marker(kind)}`
  }
  return name
}

/** Of what a text begins with. Words alone are no secret: `feature-sk-all-of-the-slovak-texts`. */
function kindOf(text: string): string | null {
  for (const { kind, form } of issuedRules) {
    form.lastIndex = 0
    const found = form.exec(text)
    form.lastIndex = 0
    if (found?.index === 0 && /\d|[A-Z].*[a-z].*[A-Z]/.test(found[0])) return kind
  }
  return null
}
