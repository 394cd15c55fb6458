/** What a registry refuses, as an error with its own code where it gives one. */
import { RoarError } from '@roar/core'

export interface Refused {
  readonly url: string
  readonly status: number
  readonly location: string | null
  readonly body: unknown
}

interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly cause?: string
  readonly remedy?: readonly string[]
  readonly details?: readonly string[]
}

export function refusal(refused: Refused): RoarError {
  const said = errorOf(refused.body)
  if (refused.status >= 300 && refused.status < 400) return moved(refused)
  if (said === null) return unexplained(refused)
  const remedy = [...new Set([...(said.remedy ?? []), ...(refused.status === 401 ? ['roar login'] : [])])]
  const cause = [said.cause, ...(said.details ?? [])].filter(Boolean).join('\n')
  return new RoarError(said.code, said.message, { cause, remedy, data: { status: refused.status, url: refused.url } })
}

function errorOf(body: unknown): ErrorBody | null {
  const error = (body as { error?: ErrorBody } | null)?.error
  return typeof error === 'object' && /^ROAR_[A-Z0-9_]+$/.test(error?.code ?? '') ? error : null
}

const moved = ({ url, location }: Refused): RoarError =>
  new RoarError('ROAR_REGISTRY_ANSWER', `${url} sends us elsewhere.`, {
    cause: `It names ${location ?? 'no place'}.`,
    remedy: location ? [`roar config set registry.url ${new URL(location, url).origin}`] : [],
  })

function unexplained({ url, status, body }: Refused): RoarError {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return new RoarError('ROAR_REGISTRY_ANSWER', `${url} answers ${status}, but not as a registry does.`, {
    cause: text.slice(0, 300),
    remedy: ['roar config get registry.url shows the address'],
    data: { status },
  })
}
