// The suite of storages, against moto; the library of AWS is the other means.
import { type GetObjectCommandOutput, S3 } from '@aws-sdk/client-s3'
import { type StorageBench, storageSuite } from '@roar/conformance'
import { RoarError } from '@roar/core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createStorage } from '../src/index.ts'
import { type S3Server, startS3 } from './moto-server.ts'

const server: S3Server | string = await startS3()
const port = typeof server === 'string' ? 0 : server.port
const Bucket = 'suite-of-storages'
Object.assign(process.env, {
  AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
  AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
  AWS_SECRET_ACCESS_KEY: 'suite-of-storages',
  AWS_REGION: 'us-east-1',
})
const client = new S3({ forcePathStyle: true })
const bytesOf = async ({ Body }: GetObjectCommandOutput) => (await Body?.transformToByteArray()) ?? null
const bench: StorageBench = {
  url: (name) => `s3://${Bucket}/${name}`,
  write: async (Key, Body) => void (await client.putObject({ Bucket, Key, Body })),
  read: (Key) => client.getObject({ Bucket, Key }).then(bytesOf, () => null),
  remove: async (Key) => void (await client.deleteObject({ Bucket, Key })),
}

describe.skipIf(typeof server === 'string')(`S3${typeof server === 'string' ? ` (skipped: ${server})` : ''}`, () => {
  beforeAll(async () => void (await client.createBucket({ Bucket })))
  afterAll(async () => {
    client.destroy()
    if (typeof server !== 'string') await server.stop()
  })
  storageSuite({ describe, it }, 's3', createStorage, async () => bench)

  it('an upload whose file has changed is closed in the store; one that may be gone on with stays open', async () => {
    const open = async () => {
      const { Uploads = [] } = await client.listMultipartUploads({ Bucket })
      return Uploads.flatMap(({ Key }) => (Key?.startsWith('suite/') ? [] : [Key]))
    }
    await sent('changed', new RoarError('ROAR_TRANSFER_CHANGED', 'x'))
    expect(await open()).toEqual([])
    await sent('broken', new Error('x'))
    expect(await open()).toEqual(['broken'])
  })
})

/** The first part goes; then its source fails. */
async function sent(name: string, failure: Error): Promise<void> {
  const pieces = async function* (bytes: number) {
    yield new Uint8Array(bytes)
    throw failure
  }
  const source = { size: 20 << 20, pieces }
  const options = { replace: true, resume: null, onResumable: () => {}, onProgress: () => {} }
  await expect(createStorage().put?.(bench.url(name), source, options)).rejects.toThrow()
}
