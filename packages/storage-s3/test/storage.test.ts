// The suite of storages, against moto; the library of AWS is the other means.
import { type GetObjectCommandOutput, S3 } from '@aws-sdk/client-s3'
import { type StorageBench, storageSuite } from '@roar/conformance'
import { afterAll, beforeAll, describe, it } from 'vitest'
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
})
