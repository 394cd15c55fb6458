/** Rows of private realms: what a column would say in the clear is inside `sealed` instead. */
import type { Row } from '../schema/tables.ts'
import { decrypt, encrypt, type Realm } from './realm.ts'

/** Whatever came from the client, sizes and times included: a size is as good a guess as a digest. */
const secret = {
  artifacts: ['algorithm', 'digest', 'size', 'format', 'members', 'metadata'],
  locations: ['source_type', 'url'],
  components: ['document'],
  jobs: [
    'uid',
    'kind',
    'command',
    'repository',
    'revision',
    'branch',
    'started_at',
    'duration_ms',
    'exit_code',
    'document',
  ],
  edges: ['path', 'document'],
  sessions: ['repository', 'revision', 'branch'],
  labels: ['document'],
  receipts: ['document'],
} as const

export type SealedTable = keyof typeof secret

const identity: { readonly [T in SealedTable]: readonly (keyof Row<T>)[] } = {
  artifacts: ['id'],
  locations: ['artifact', 'key'],
  components: ['artifact', 'position'],
  jobs: ['id'],
  edges: ['job', 'role', 'artifact', 'place'],
  sessions: ['hash'],
  labels: ['target', 'version'],
  receipts: ['id'],
}

function about<T extends SealedTable>(table: T, row: Row<T>): string {
  const parts = identity[table].map((column) => {
    const value = row[column] as unknown
    return Buffer.isBuffer(value) ? value.toString('hex') : String(value)
  })
  return `${table}:${parts.join(':')}`
}

const asText = (_: string, value: unknown): unknown => {
  const json = value as { type?: string; data?: number[] } | null
  return json?.type === 'Buffer' ? { $bytes: Buffer.from(json.data as number[]).toString('base64') } : value
}
const fromText = (_: string, value: unknown): unknown => {
  const bytes = (value as { $bytes?: string } | null)?.$bytes
  return bytes === undefined ? value : Buffer.from(bytes, 'base64')
}

export function sealRow<T extends SealedTable>(realm: Realm, table: T, row: Row<T>): Row<T> {
  if (!realm.keys) return row
  const hidden = Object.fromEntries(secret[table].map((column) => [column, row[column as keyof Row<T>]]))
  const nothing = Object.fromEntries(secret[table].map((column) => [column, null]))
  const sealed = encrypt(realm.keys.seal, about(table, row), Buffer.from(JSON.stringify(hidden, asText)))
  return { ...row, ...nothing, sealed }
}

/** The row as it was given to `sealRow`. Withdrawn rows have nothing to open. */
export function openRow<T extends SealedTable>(realm: Realm, table: T, row: Row<T>): Row<T> {
  const { sealed } = row as { sealed: Buffer | null }
  if (!realm.keys || sealed === null) return row
  const text = decrypt(realm.keys.seal, about(table, row), sealed).toString()
  return { ...row, ...JSON.parse(text, fromText), sealed: null }
}
