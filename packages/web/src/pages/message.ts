/** Pages that say why there is no other. One sentence for what is not there and for what the reader may not see. */
import type { Page } from '../html/frame.ts'
import { html } from '../html/html.ts'

export const missingPage: Page = {
  title: 'Not found',
  body: html`<p>There is nothing of this name, or it is not visible to you.</p>`,
}

export const messagePage = (title: string, text: string): Page => ({
  title,
  body: html`<p class="notice" role="alert">${text}</p>`,
})
