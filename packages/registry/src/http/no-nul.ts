/** No text of a request holds the character NUL: PostgreSQL has no place for it, and a registry answers alike on every engine. */
import { Refusal } from '../refusal.ts'
import type { App } from './app.ts'

export function refuseNul(app: App): void {
  app.addHook('preValidation', async (request) => {
    const isInAddress = request.url.includes('%00')
    // Most bodies are large and hold none: the bytes are asked before the values.
    const isInBody = (request.bytes?.includes('\\u0000') ?? true) && holdsNul(request.body)
    if (isInAddress || isInBody)
      throw new Refusal('ROAR_REGISTRY_INVALID', 'The request holds the character NUL, which is in no text.')
  })
}

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (Array.isArray(value)) return value.some(holdsNul)
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([key, one]) => key.includes('\0') || holdsNul(one))
}
