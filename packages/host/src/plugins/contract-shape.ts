/** Holds what a factory made against its contract, as far as shape goes: one line a member. */
import type { ContributionKind } from '@roar/core'

type Test = (value: unknown) => boolean

const text: Test = (value) => typeof value === 'string' && value !== ''
const method: Test = (value) => typeof value === 'function'
const object: Test = (value) => typeof value === 'object' && value !== null
const length: Test = (value) => Number.isInteger(value) && (value as number) > 0
const optional =
  (test: Test): Test =>
  (value) =>
    value === undefined || value === null || test(value)
const fileHasher: Test = (value) => object(value) && method((value as { hashFiles?: unknown }).hashFiles)

const shapes: Readonly<Record<ContributionKind, Readonly<Record<string, readonly [Test, string]>>>> = {
  tracers: {
    name: [text, 'a text'],
    version: [text, 'a text'],
    capabilities: [object, 'an object'],
    preflight: [method, 'a function'],
    trace: [method, 'a function'],
    recover: [optional(method), 'a function'],
  },
  hashes: {
    name: [text, 'a text'],
    digestLength: [length, 'a number of bytes'],
    create: [method, 'a function'],
    files: [optional(fileHasher), 'an object with hashFiles()'],
    text: [optional(method), 'a function'],
    together: [optional(method), 'a function'],
  },
  detectors: { name: [text, 'a text'], detect: [method, 'a function'] },
  stores: { name: [text, 'a text'], open: [method, 'a function'] },
  storages: {
    name: [text, 'a text'],
    stat: [method, 'a function'],
    read: [method, 'a function'],
    list: [optional(method), 'a function'],
    partSize: [optional(method), 'a function'],
    put: [optional(method), 'a function'],
  },
  registries: { name: [text, 'a text'], connect: [method, 'a function'] },
  exporters: { name: [text, 'a text'], mediaType: [text, 'a text'], export: [method, 'a function'] },
  comparers: { name: [text, 'a text'], compare: [method, 'a function'] },
}

/** What is wrong, or null. */
export function shapeFault(kind: ContributionKind, name: string, made: unknown): string | null {
  if (!object(made)) return 'the factory returned no object'
  const members = made as Readonly<Record<string, unknown>>
  for (const [member, [test, wanted]] of Object.entries(shapes[kind])) {
    if (!test(members[member])) return `'${member}' is not ${wanted}`
  }
  return members.name === name ? null : `it calls itself '${String(members.name)}', its manifest says '${name}'`
}
