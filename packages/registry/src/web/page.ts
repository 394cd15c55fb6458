/** The frame of the registry's own pages. */
import { framed, type Html, type Site } from '@roar/web'
import type { Principal } from '../identity/principal.ts'

export { html } from '@roar/web'

export const siteOf = ({ account }: Pick<Principal, 'account'>): Site => ({
  name: 'roar registry',
  account: account && { name: account.name },
})

/** Where nobody is logged in, or it does not matter who. */
export const page = (title: string, body: Html): string => framed(siteOf({ account: null }), { title, body })
