/** The client, configured as every tool of AWS is: by AWS_* variables and the files in ~/.aws. */
import type { S3Client } from '@aws-sdk/client-s3'
import { longestSilence } from '@roar/core'

export interface Connection {
  readonly client: S3Client
  /** Null: AWS itself. */
  readonly endpoint: string | null
}

type Env = Readonly<Record<string, string | undefined>>

export async function connect(env: Env): Promise<Connection> {
  // The library says on stderr which version of Node its next one will need: that is ours to know.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const { S3Client } = await import('@aws-sdk/client-s3')
  const endpoint = env.AWS_ENDPOINT_URL_S3 ?? env.AWS_ENDPOINT_URL ?? null
  const client = new S3Client({
    // Stores that are not AWS answer to names of buckets in the path; few have a DNS entry for each.
    forcePathStyle: endpoint !== null,
    ...(endpoint !== null && { endpoint }),
    // Elsewhere the region is a matter of form, but the signature needs one.
    ...(endpoint !== null && !env.AWS_REGION && !env.AWS_DEFAULT_REGION && { region: 'us-east-1' }),
    ...(env.AWS_DEFAULT_REGION && !env.AWS_REGION && { region: env.AWS_DEFAULT_REGION }),
    // Ranges have no checksum of their own, and whole objects are checked here, by more than the one that the library looks at.
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 5,
    // The library waits for ever by itself. Putting the parts of an upload together may take a store a while, in which it says nothing.
    requestHandler: { connectionTimeout: 15_000, socketTimeout: 2 * longestSilence },
  })
  return { client, endpoint: endpoint === null ? null : withoutUser(endpoint) }
}

const withoutUser = (endpoint: string): string => endpoint.replace(/\/\/[^/@]*@/, '//').replace(/\/$/, '')
