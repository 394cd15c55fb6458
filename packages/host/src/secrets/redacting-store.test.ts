// Whatever is written through it, the store is told no secret: of jobs, of their tags, of labels and marks that are put later.
import type { AnnotationChange, JobStart, LineageStore } from '@roar/core'
import { expect, it } from 'vitest'
import { createRedaction } from '../environment/redaction.ts'
import { random } from './plants.test-data.ts'
import { redactingStore } from './redacting-store.ts'

const token = `gh${'p'}_${random('store', 'base62', 36)}`

function watched(): { readonly store: LineageStore; readonly told: unknown[] } {
  const told: unknown[] = []
  const keep = async (...words: unknown[]): Promise<void> => void told.push(...words)
  const fake = { beginJob: keep, annotate: keep } as unknown as LineageStore
  return { store: redactingStore(fake, createRedaction({ names: [], keep: [] })), told }
}

it('labels and marks lose what is secret in them, and keep what is none', async () => {
  const { store, told } = watched()
  const changes: AnnotationChange[] = [
    { change: 'set', name: 'db.password', value: 'quiet harbor' },
    { change: 'set', name: 'note', value: `see ${token}` },
    { change: 'set', name: 'sort_key', value: 'order_id' },
    { change: 'set', name: 'accuracy', value: 0.93 },
    { change: 'add', name: 'secret_key', value: 'quiet4harbor' },
    { change: 'add', name: 'license', value: 'CC-BY-4.0' },
  ]
  await store.annotate({ of: 'job', id: 1 }, changes, 0)
  expect((told[1] as AnnotationChange[]).map(({ value }) => value)).toEqual([
    '<redacted:password>',
    'see <redacted:github-token>',
    'order_id',
    0.93,
    '<redacted:key>',
    'CC-BY-4.0',
  ])
})

it('tags of a run lose secrets in their names, too', async () => {
  const { store, told } = watched()
  const start = { argv: ['true'], name: null, tags: { [token]: '1', pw: 'quiet4harbor', city: 'Ulm' }, git: null }
  await store.beginJob(start as unknown as JobStart)
  expect((told[0] as JobStart).tags).toEqual({
    '<redacted:github-token>': '1',
    pw: '<redacted:password>',
    city: 'Ulm',
  })
})
