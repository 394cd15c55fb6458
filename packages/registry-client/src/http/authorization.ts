/** Credentials as the Authorization header of one request. */
import type { RegistryCredentials } from '@roar/core'
import type { SignedRequest } from './ssh-signature.ts'

export async function authorization(
  credentials: RegistryCredentials | null,
  request: SignedRequest,
): Promise<string | null> {
  if (credentials === null) return null
  if ('bearer' in credentials) return `Bearer ${credentials.bearer}`
  const { signWithKey } = await import('./ssh-signature.ts')
  return signWithKey(credentials.sshKey, request)
}
