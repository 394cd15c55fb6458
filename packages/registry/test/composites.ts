/** Composites with their members, published as our own client does. */
import { expect } from 'vitest'
import type { Component, ComponentList } from '../src/api/index.ts'
import { type Answer, type Client, digestOf, sha256Of } from './workbench.ts'

export const partOf = (word: string): Component => ({
  relative_path: `${word}.csv`,
  component_digest: digestOf(word),
  component_algorithm: 'blake3',
  component_size: word.length,
  leaf_kind: 'file',
  hashes: [{ algorithm: 'sha256', digest: sha256Of(word) }],
})

export const listOf = (word: string, components: readonly Component[], first = 0): ComponentList => ({
  ...{ algorithm: 'blake3', hash: digestOf(word), first },
  components: [...components],
})

/** A job `make ${word}` that has made the composite of that word. Resolves with the answer to finalizing. */
export async function publishLists(
  client: Client,
  word: string,
  lists: readonly ComponentList[],
  scope: object | null = null,
): Promise<Answer> {
  const mode = scope ? 'attributed' : 'anonymous_public'
  const started = await client.post<Record<string, string>>('/registration-sessions', { mode })
  const token = started.body.registration_session_token
  const inside = token ? client.with(`RegistrationSession ${token}`) : client
  const at = `/registration-sessions/${started.body.registration_session_id}`
  const job = { job_uid: word, command: `make ${word}`, timestamp: 1_700_000_000, job_type: 'run', step_number: 1 }
  await inside.post(`${at}/jobs/batch`, { jobs: [job] })
  const hashes = [{ algorithm: 'blake3', digest: digestOf(word) }]
  const members = lists.reduce((sum, one) => sum + one.components.length, 0)
  await inside.post(`${at}/artifacts/batch`, { artifacts: [{ hashes, size: 7, kind: 'composite', members }] })
  const outputs = [{ hash: digestOf(word), algorithm: 'blake3', path: `out/${word}`, kind: 'composite' }]
  await inside.post(`${at}/links/batch`, { links: [{ job_uid: word, outputs }] })
  for (const list of lists) {
    const { status } = await inside.post(`${at}/artifacts/components/batch`, { lists: [list] })
    expect(status).toBe(200)
  }
  return inside.post(`${at}/finalize`, scope ? { scope_request: scope } : {})
}

export async function publishComposite(
  client: Client,
  word: string,
  parts: readonly Component[],
  scope: object | null = null,
): Promise<string> {
  const { status, body } = await publishLists(client, word, [listOf(word, parts)], scope)
  expect(status).toBe(200)
  return body.hash as string
}
