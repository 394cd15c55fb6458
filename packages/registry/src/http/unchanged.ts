/** What the caller has already is not sent again: If-None-Match as RFC 9110 has it, a list of tags, weak or strong, or a star. */
import type { App } from './app.ts'

export function answerUnchanged(app: App): void {
  app.addHook('onSend', async (request, reply, payload) => {
    const known = request.headers['if-none-match']
    const tag = reply.getHeader('etag')
    if (known === undefined || typeof tag !== 'string') return payload
    if (reply.statusCode !== 200 || !/^(GET|HEAD)$/.test(request.method) || !names(known, tag)) return payload
    reply.code(304)
    return ''
  })
}

const names = (known: string, tag: string): boolean =>
  known.trim() === '*' || (known.match(/"[^"]*"/g) ?? []).some((one) => one === tag.replace(/^W\//, ''))
