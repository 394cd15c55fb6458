/** Where a person approves a terminal's login. The form holds the password itself: there is no session that another page could use. */
import type { Registry } from '../registry.ts'
import { html, page } from './page.ts'

export interface DeviceView {
  readonly code: string
  /** Who asks, as the program calls itself; null: the code is not known (yet). */
  readonly client: string | null
  readonly notice: string | null
}

export function devicePage(registry: Registry, view: DeviceView): string {
  const notice = view.notice ? html`<p class="notice" role="alert">${view.notice}</p>` : null
  const about = view.client
    ? html`<p><strong>${view.client}</strong> asks to act for you. Approve it only if you have just started it and it shows this code.</p>`
    : html`<p>Type the code that the terminal shows.</p>`
  const providers = registry.settings.providers.map(
    (one) => html`<p><a href="/login/${one.name}?code=${view.code}">Sign in with ${one.name}</a></p>`,
  )
  const signup = registry.settings.signup
    ? html`<label><input type="checkbox" name="signup" value="yes"> Make a new account of this name and password</label>`
    : null
  return page(
    'Log in',
    html`${notice}${about}
<form method="post" action="/device">
<label>Code <input name="code" value="${view.code}" required autocomplete="off" autocapitalize="characters"></label>
<label>Account <input name="account" required autocomplete="username"></label>
<label>Password <input name="password" type="password" required autocomplete="current-password"></label>
${signup}
<button name="answer" value="approve">Approve</button>
<button name="answer" value="deny">Deny</button>
</form>
${providers}`,
  )
}

export const donePage = (approved: boolean): string =>
  page(
    approved ? 'Approved' : 'Denied',
    approved
      ? html`<p>The terminal is logged in. You can close this page.</p>`
      : html`<p>The terminal got no access. You can close this page.</p>`,
  )
