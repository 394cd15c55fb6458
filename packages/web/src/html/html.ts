/** HTML that is escaped by construction: a value becomes markup only if this file made it. */
import { visible } from '@roar/core'

export class Html {
  /** Private: there is no other way to markup than `html`. */
  readonly #text: string

  private constructor(text: string) {
    this.#text = text
  }

  static of(parts: TemplateStringsArray, values: readonly Value[]): Html {
    return new Html(parts.map((part, at) => part + written(values[at])).join(''))
  }

  toString(): string {
    return this.#text
  }
}

/** Nothing is written for null, undefined and false. Attributes must stand in double quotes. */
export type Value = string | number | Html | null | undefined | false | readonly Value[]

/** The one tag: `` html`<p title="${name}">${list.map(row)}</p>` ``. */
export const html = (parts: TemplateStringsArray, ...values: readonly Value[]): Html => Html.of(parts, values)

function written(value: Value): string {
  if (value === null || value === undefined || value === false) return ''
  if (value instanceof Html) return value.toString()
  if (typeof value === 'object') return value.map(written).join('')
  // Control and direction characters turn words around in a page as they do in a terminal.
  return escaped(visible(String(value)))
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
}

const escaped = (text: string): string => text.replace(/[&<>"'`]/g, (letter) => entities[letter] as string)
