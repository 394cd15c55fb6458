import { expect, it } from 'vitest'
import { enclosedPrefix, prefixFrom, publishedPrefix, workspacePrefix } from './workspace-prefix.ts'

it.each([
  ['/r', '/r', '.'],
  ['/r', '/r/sub/ws', 'sub/ws'],
  ['/r', '/r/..ws', '..ws'],
  ['/r', '/moved/sub', null],
  ['/r/sub', '/r', null],
])('Of the repository %s the workspace %s is published as %s, and read as the same', (repository, workspace, told) => {
  const prefix = workspacePrefix(repository, workspace)
  expect(publishedPrefix(prefix)).toBe(told)
  expect(prefixFrom(told)).toBe(prefix)
})

it.each([
  ['/w/code', '/w', 'code'],
  ['/w/a/b', '/w', 'a/b'],
  ['/w', '/w', ''],
  ['/w', '/w/sub', ''],
  ['/r', '/w', ''],
])('The repository %s lies in the workspace %s as %j', (repository, workspace, told) =>
  expect(enclosedPrefix(repository, workspace)).toBe(told),
)

it.each([undefined, 7, '', '/etc', '../x', 'a/../../x', 'a/.git/hooks', 'a\0b'])('%j leads nowhere', (told) =>
  expect(prefixFrom(told)).toBeNull(),
)
