/** A page of HTML: no script, nothing from elsewhere, one style sheet of our own. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

export class Raw {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

/** Values are escaped, unless they are HTML already. */
export function html(parts: TemplateStringsArray, ...values: readonly (string | number | Raw)[]): Raw {
  const text = parts.map((part, at) => {
    const value = values[at]
    if (value === undefined) return part
    return part + (value instanceof Raw ? value.text : escapeHtml(String(value)))
  })
  return new Raw(text.join(''))
}

export function page(title: string, body: Raw): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · roar registry</title>
<link rel="stylesheet" href="/style.css">
</head>
<body>
<main>
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`.text
}

export const styleSheet = `:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0; }
main { max-width: 40rem; margin: 3rem auto; padding: 0 1rem; }
label { display: block; margin: .75rem 0; }
input { font: inherit; padding: .4rem; }
label > input:not([type=checkbox]) { display: block; width: 100%; box-sizing: border-box; }
button { font: inherit; padding: .5rem 1rem; margin: .75rem .5rem 0 0; }
code { font-size: 1.1em; }
.notice { border-left: .25rem solid; padding-left: .75rem; }
`
