/** What is around every page. */
import { type Html, html, type Value } from './html.ts'

export interface Site {
  /** Of what these are the pages: `roar registry`, or a project's name. */
  readonly name: string
  /** Undefined: there are no accounts here. Null: nobody is logged in. */
  readonly account?: { readonly name: string } | null
}

export interface Page {
  readonly title: string
  readonly body: Html
  /** Assets that the page needs besides the style sheet. */
  readonly scripts?: readonly string[]
}

export function framed(site: Site, { title, body, scripts = [] }: Page): string {
  return `<!doctype html>\n${html`<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title} · ${site.name}</title>
<link rel="stylesheet" href="/style.css">
<link rel="icon" href="data:,">
${scripts.map((name) => html`<script type="module" src="/assets/${name}"></script>`)}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header>
<nav aria-label="Site">
<a href="/" class="name">${site.name}</a>
<a href="/compare">Compare</a>
${accountLink(site)}
</nav>
<form action="/search" role="search">
<label class="hidden" for="q">Search</label>
<input id="q" name="q" type="search" placeholder="digest, name or command" maxlength="400" required>
<button>Search</button>
</form>
</header>
<main id="content" tabindex="-1">
<h1>${title}</h1>
${body}
</main>
</body>
</html>
`}`
}

function accountLink({ account }: Site): Value {
  if (account === undefined) return null
  return account ? html`<a href="/account">${account.name}</a>` : html`<a href="/login">Log in</a>`
}
