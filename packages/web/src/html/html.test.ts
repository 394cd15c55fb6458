import { describe, expect, it } from 'vitest'
import { html } from './html.ts'

describe('html', () => {
  it('escapes every value, in text and in attributes', () => {
    const name = `"><img src=x onerror='alert(1)'>&\``
    expect(String(html`<p title="${name}">${name}</p>`)).toBe(
      '<p title="&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;&#96;">&quot;&gt;&lt;img src=x onerror=&#39;alert(1)&#39;&gt;&amp;&#96;</p>',
    )
  })

  it('takes nested markup and lists as they are, and nothing for nothing', () => {
    const list = ['a', '<b>'].map((word) => html`<li>${word}</li>`)
    expect(String(html`<ul>${list}</ul>${null}${undefined}${false}${0}`)).toBe('<ul><li>a</li><li>&lt;b&gt;</li></ul>0')
  })

  it('makes control characters and those that turn words around visible', () => {
    expect(String(html`${'two\nlines \u202e\u0000'}`)).toBe('two\\nlines \\u202e\\x00')
  })

  it('takes no object for markup that only looks like it', () => {
    const forged = { toString: () => '<script>' } as unknown as string
    expect(String(html`${[String(forged)]}`)).toBe('&lt;script&gt;')
  })
})
