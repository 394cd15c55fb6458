import { expect, it } from 'vitest'
import { overHttps } from './plan-source.ts'

it.each([
  ['git@host.example:owner/name.git', 'https://host.example/owner/name.git'],
  ['ssh://git@host.example/owner/name.git', 'https://host.example/owner/name.git'],
  ['ssh://git@host.example:2222/owner/name.git', 'https://host.example/owner/name.git'],
])('A repository asked for by ssh is also tried without a key: %s', (ssh, https) =>
  expect(overHttps(ssh)).toEqual([https]),
)

it.each(['https://host.example/owner/name.git', '/srv/git/name.git', 'file:///srv/git/name.git'])(
  'Nothing else is made of %s',
  (url) => expect(overHttps(url)).toEqual([]),
)
