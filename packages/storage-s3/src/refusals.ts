/** What the store refuses, in roar's words. The library's own messages may quote what was signed: they stay inside. */
import { RoarError } from '@roar/core'

interface ServiceFault {
  readonly name?: string
  readonly $metadata?: { readonly httpStatusCode?: number }
}

export const statusOf = (error: unknown): number | undefined => (error as ServiceFault).$metadata?.httpStatusCode
export const nameOf = (error: unknown): string => (error as ServiceFault).name ?? 'Error'

export const isMissing = (error: unknown): boolean =>
  statusOf(error) === 404 && nameOf(error) !== 'NoSuchBucket' && nameOf(error) !== 'NoSuchUpload'

/** Trying again may help: the connection broke, or the server was at fault. */
export const isPassing = (error: unknown): boolean => {
  const status = statusOf(error)
  return status === undefined ? nameOf(error) !== 'CredentialsProviderError' : status >= 500 || status === 429
}

export function refusal(url: string, error: unknown): Error {
  const [name, status] = [nameOf(error), statusOf(error)]
  if (name === 'AbortError') return error as Error
  if (error instanceof RoarError) return error
  if (status === 412 || status === 409) return changed(url)
  if (isDenied(name, status)) return denied(url, name)
  if (status === 404)
    return new RoarError('ROAR_STORAGE_MISSING', `There is nothing at ${url}.`, { cause: `The store says: ${name}.` })
  return new RoarError('ROAR_STORAGE_FAILED', `The store does not serve ${url}.`, {
    cause: status === undefined ? `The connection failed: ${causeOf(error)}.` : `It says: ${status} ${name}.`,
    remedy: ['The same command again goes on where this one ended.'],
    data: { passing: isPassing(error) },
  })
}

/** Credentials that end in the middle are refused as a bad request. */
const isDenied = (name: string, status: number | undefined): boolean =>
  status === 401 ||
  status === 403 ||
  /^(?:CredentialsProviderError|ExpiredToken|ExpiredTokenException|InvalidToken|TokenRefreshRequired)$/.test(name)

/** The code of a failed system call, or the kind of the error: never its text. */
const causeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? nameOf(error)

export const changed = (url: string): RoarError =>
  new RoarError('ROAR_STORAGE_CHANGED', `${url} is another object than a moment ago.`, {
    cause: 'Somebody replaced it while it was read.',
    remedy: ['The same command again takes the new one.'],
  })

const denied = (url: string, name: string): RoarError =>
  new RoarError('ROAR_STORAGE_DENIED', `The store gives no access to ${url}.`, {
    cause: `It says: ${name}.`,
    remedy: [
      ...(/^(?:Expired|InvalidToken|TokenRefresh)/.test(name) ? ['Sign in anew; the same command then goes on.'] : []),
      ...(/Skewed/.test(name) ? ['Set the clock of this machine.'] : []),
      'Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
      'aws sts get-caller-identity says who you are',
    ],
  })
